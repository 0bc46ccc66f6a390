using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alpaca.Hosting;

/// <summary>Where a server listens and what it says about itself.</summary>
public sealed record AlpacaHostOptions
{
    /// <summary>The address to listen on: an IP address, <c>localhost</c>, or <c>*</c> for every interface. Nothing else is listened on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 11111;

    /// <summary>UDP port of the discovery responder; null for none.</summary>
    public int? DiscoveryPort { get; init; }

    /// <summary>The TCP port that discovery tells clients, where it is another than <see cref="Port"/>: behind a forwarded port or a proxy. Null for the server's own.</summary>
    public int? AdvertisedPort { get; init; }

    /// <summary>The server's name.</summary>
    public string ServerName { get; init; } = "Alpaca observatory server";

    /// <summary>Who made the server.</summary>
    public string Manufacturer { get; init; } = "The Alpaca observatory developers";

    /// <summary>The server's version.</summary>
    public string Version { get; init; } = typeof(AlpacaHostOptions).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Where the observatory is, for people.</summary>
    public string Location { get; init; } = "";

    /// <summary>Web origins besides this server's own whose pages may command devices, for example <c>https://observatory.example.org</c>.</summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];

    /// <summary>Names besides the machine's own that this server answers to, for example <c>observatory.example.org</c> behind a proxy; <c>*</c> for any.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Who may use the server; empty for everyone who can reach it.</summary>
    public IReadOnlyList<ClientCredential> Credentials { get; init; } = [];

    /// <summary>Speak TLS with this certificate; null for plain HTTP.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Connections that may be open at once.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>Connections that one address may have open at once, so that it leaves some to others.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 384;

    /// <summary>How long a client may take to send a request's headers.</summary>
    public TimeSpan RequestHeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may keep a connection without a request.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a client may be slower than <see cref="MinimumUploadRate"/> or <see cref="MinimumReplyRate"/>.</summary>
    public TimeSpan SlownessGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The least a client has to send of a body, bytes per second.</summary>
    public double MinimumUploadRate { get; init; } = 1024;

    /// <summary>The least a client has to take of a reply, bytes per second: an image waits in memory for as long as its slowest client takes.</summary>
    public double MinimumReplyRate { get; init; } = 32 * 1024;

    /// <summary>Whether <c>/metrics</c> is there.</summary>
    public bool HasMetrics { get; init; } = true;

    /// <summary>How often the devices are asked whether they are connected, to say in the log when that changes; null for never.</summary>
    public TimeSpan? WatchInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stop waits for requests under way before it breaks them off.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether the code of all devices is compiled soon after the start instead of at the first use of each member: for servers that stay.</summary>
    public bool WarmsUp { get; init; }

    /// <summary>How many images are sent at the same time; further clients wait for a place.</summary>
    public int ImagesInFlight { get; init; } = 4;

    /// <summary>How long a client waits for a place before it gets an error.</summary>
    public TimeSpan ImageWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take over one image before it is cut off; the usual clients give up after 100 s.</summary>
    public TimeSpan ImageTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What may be set on the server's pages; null for pages that only show.</summary>
    public IServerSettings? Settings { get; init; }

    /// <summary>The clock that stamps DeviceState.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where trouble is reported.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    internal ILogger Log => field ??= Loggers.CreateLogger("Alpaca.Hosting");
}
