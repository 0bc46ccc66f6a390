using DataServices.Hisparc.Queue;
using DataServices.Hisparc.Store;

namespace DataServices.Hisparc;

/// <summary>Settings of the service.</summary>
public sealed record HisparcOptions
{
    public required string DataDirectory { get; init; }

    public required string StationList { get; init; }

    public StoreOptions Store { get; init; } = new();

    /// <summary>Queues between machines that take uploads and machines that write; null: one machine does both.</summary>
    public QueueOptions? Queue { get; init; }

    /// <summary>How often spool files are looked for.</summary>
    public TimeSpan SpoolPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest body of a request, in bytes. A pickle of 16 MiB is three times as long when its bytes are percent-encoded.</summary>
    public int MaxBody { get; init; } = 64 * 1024 * 1024;

    /// <summary>Events before this year divert their batch.</summary>
    public int FirstYear { get; init; } = 2020;

    /// <summary>Events further in the future divert their batch.</summary>
    public TimeSpan FutureLimit { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Bytes that may wait in the log before uploads are refused.</summary>
    public long MaxBacklog { get; init; } = 20L << 30;

    /// <summary>How long a batch may wait in the log before uploads are refused.</summary>
    public TimeSpan MaxBacklogAge { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Uploads of one station that are worked on at the same time; more wait.</summary>
    public int UploadsPerStation { get; init; } = 8;

    /// <summary>Wrong passwords per station and minute before it is told to wait.</summary>
    public int FailuresPerStation { get; init; } = 60;

    /// <summary>Refused log-ins per address and minute before it is told to wait.</summary>
    public int FailuresPerAddress { get; init; } = 600;

    /// <summary>After how many identical unreadable uploads a station is answered 100 so that it goes on; 0: never.</summary>
    public int UnblockAfter { get; init; }

    /// <summary>Days a batch is remembered.</summary>
    public int RememberDays { get; init; } = 35;

    /// <summary>Whether an address is served with TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>Answer 405 to anything but POST and 404 to unknown paths, instead of the reference's 400 in the body.</summary>
    public bool StrictHttp { get; init; }
}
