using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace DataServices.Hisparc.Queue;

/// <summary>How this service talks to the broker: connections that do not mend themselves, and queues that lose nothing.</summary>
internal static class BrokerConnection
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Connects and makes sure that the queues are there.</summary>
    /// <param name="shards">The queues needed.</param>
    public static async Task<IConnection> OpenAsync(QueueOptions options, IEnumerable<int> shards, string name, CancellationToken cancel)
    {
        // Reconnecting is left to the caller, who has to know that what was under way is unknown now.
        var factory = new ConnectionFactory
        {
            Uri = options.Broker,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = _patience,
            ContinuationTimeout = _patience,
            HandshakeContinuationTimeout = _patience,
            RequestedHeartbeat = _patience,
            ClientProvidedName = name,
        };
        var connection = await factory.CreateConnectionAsync(cancel);
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
            foreach (var shard in shards)
                await channel.QueueDeclareAsync(options.Name(shard), durable: true, exclusive: false, autoDelete: false, Arguments(options), cancellationToken: cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether an error is the broker's or the network's, so that trying again later is right.</summary>
    /// <param name="stop">What the caller is stopped with; the client's own deadlines look like being stopped too.</param>
    public static bool IsPassing(Exception error, CancellationToken stop) =>
        error is RabbitMQClientException or IOException or System.Net.Sockets.SocketException or TimeoutException or ObjectDisposedException
        || (error is OperationCanceledException && !stop.IsCancellationRequested);

    // Full queues refuse: by default a broker would throw the oldest messages away. One writer at a time, or rows would be in two files.
    private static Dictionary<string, object?> Arguments(QueueOptions options) => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-overflow"] = "reject-publish",
        ["x-max-length-bytes"] = options.MaxBytes,
        ["x-single-active-consumer"] = true,
    };
}
