using System.Globalization;

namespace DataServices.Hisparc.Queue;

/// <summary>The queues between the machines that take uploads and those that write day files.</summary>
public sealed record QueueOptions
{
    /// <summary>Most shards there may be.</summary>
    public const int MaxShards = 1024;

    /// <summary>Address of the broker: amqp://user:password@host:port/vhost, or amqps.</summary>
    public required Uri Broker { get; init; }

    /// <summary>Into how many queues days and clusters are divided, 1 to 1024. All machines must agree; the number is part of the queues' names.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Which queue this process writes to day files, 0 to <see cref="Shards"/> - 1; null: it publishes what it takes.</summary>
    public int? Shard { get; init; }

    /// <summary>Bytes a queue may hold before the broker refuses more and stations are told to come again.</summary>
    public long MaxBytes { get; init; } = 20L << 30;

    /// <summary>Messages the broker hands a writer before it waits for acknowledgements.</summary>
    public ushort Prefetch { get; init; } = 256;

    /// <summary>The name of a shard's queue.</summary>
    public string Name(int shard) => string.Create(CultureInfo.InvariantCulture, $"hisparc.{Shards}.{shard}");

    /// <summary>The broker's address without user and password, for messages.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Broker.Scheme}://{Broker.Host}:{(Broker.Port > 0 ? Broker.Port : 5672)}{Broker.AbsolutePath}");

    /// <summary>
    /// The shard of a day's events of a cluster. The same on every machine and for ever: an event that comes again meets the file that has it.
    /// </summary>
    public int ShardOf(DateOnly day, string cluster)
    {
        // FNV-1a. Clusters whose names differ in case share a group, and so a file.
        var hash = 14695981039346656037UL;
        foreach (var character in cluster.ToLowerInvariant())
            hash = (hash ^ character) * 1099511628211;

        // Days follow each other, so that no writer gets the busiest cluster for ever.
        return (int)((hash % (ulong)Shards + (ulong)day.DayNumber) % (ulong)Shards);
    }

    /// <summary>Reads the address of a broker.</summary>
    /// <exception cref="FormatException">It is none; the message does not repeat it, since it may hold a password.</exception>
    public static Uri ParseBroker(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var found) && found.Scheme is "amqp" or "amqps" && found.Host.Length > 0
            ? found
            : throw new FormatException("The address of the broker must be like amqp://user:password@host:5672/.");
}
