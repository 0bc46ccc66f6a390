using System.Collections.Concurrent;
using DataServices.Hisparc.Events;
using DataServices.Hisparc.Log;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace DataServices.Hisparc.Queue;

/// <summary>
/// Hands batches to the queues of the writers. A batch is stored when the broker has confirmed it for every shard that has events in it;
/// a quorum queue confirms when most of its members have it on their disks.
/// </summary>
public sealed class BatchPublisher(QueueOptions options, HisparcMetrics metrics, Alarms alarms, TimeProvider clock, ILogger logger) : IBatchSink, IAsyncDisposable
{
    private const string Subject = "queue";
    private const int Channels = 32;
    private static readonly TimeSpan _longestConfirm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentBag<IChannel> _idle = [];
    private readonly SemaphoreSlim _free = new(Channels);
    private readonly SemaphoreSlim _connecting = new(1);
    private IConnection? _connection;
    private long _failed;

    /// <inheritdoc/>
    public bool IsWritable => _connection is { IsOpen: true };

    /// <summary>Tries to connect, so that nobody has to risk an upload to find out.</summary>
    public async Task ProbeAsync(CancellationToken cancel)
    {
        try
        {
            _ = await ConnectedAsync(cancel);
        }
        catch (IOException error)
        {
            alarms.Raise(Subject, error.Message);
        }
    }

    /// <inheritdoc/>
    public async Task StoreAsync(LogRecord record, EventBatch batch, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(batch);
        var shards = batch.Events.Select(found => options.ShardOf(found.Day, record.Cluster)).Distinct().ToList();
        var body = new byte[record.EncodedLength];
        record.Encode(body);
        var begun = clock.GetTimestamp();
        await Task.WhenAll(shards.Select(shard => PublishAsync(options.Name(shard), body, cancel)));
        metrics.Observe("queue_confirm_seconds", clock.GetElapsedTime(begun));
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _free.Dispose();
        _connecting.Dispose();
    }

    private async Task PublishAsync(string queue, byte[] body, CancellationToken cancel)
    {
        if (!await _free.WaitAsync(_longestConfirm, cancel))
            throw new IOException("The broker takes long to confirm; too many batches wait for it.");
        IChannel? channel = null;
        try
        {
            // A deadline of its own: whoever sent the batch may leave, the broker's answer is still needed to know what became of it.
            using var late = new CancellationTokenSource(_longestConfirm, clock);
            channel = await ChannelAsync(late.Token);
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { Persistent = true }, body, late.Token);
            metrics.Count("queue_published_total");
            alarms.Clear(Subject);
        }
        catch (Exception error) when (BrokerConnection.IsPassing(error, CancellationToken.None))
        {
            metrics.Count("queue_failed_total");
            if (channel is not null)
                await channel.DisposeAsync();
            channel = null;
            var failure = error as IOException ?? new IOException($"{options.Place}: the broker did not confirm a batch: {error.Message}", error);
            alarms.Raise(Subject, failure.Message);
            throw failure;
        }
        finally
        {
            if (channel is { IsOpen: true })
                _idle.Add(channel);
            _free.Release();
        }
    }

    // A channel that waits for a confirmation is used by nobody else.
    private async Task<IChannel> ChannelAsync(CancellationToken cancel)
    {
        var connection = await ConnectedAsync(cancel);
        while (_idle.TryTake(out var found))
        {
            if (found.IsOpen)
                return found;
            await found.DisposeAsync();
        }

        return await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
    }

    private async Task<IConnection> ConnectedAsync(CancellationToken cancel)
    {
        if (_connection is { IsOpen: true } open)
            return open;
        await _connecting.WaitAsync(cancel);
        try
        {
            if (_connection is { IsOpen: true } meanwhile)
                return meanwhile;
            return _failed != 0 && clock.GetElapsedTime(_failed) < _pause
                ? throw new IOException($"{options.Place}: the broker cannot be reached. Uploads are refused until it can.")
                : await ConnectAsync(cancel);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancel)
    {
        try
        {
            if (_connection is { } gone)
                await gone.DisposeAsync();
            _connection = await BrokerConnection.OpenAsync(options, Enumerable.Range(0, options.Shards), "hisparc uploads", cancel);
            _failed = 0;
            alarms.Clear(Subject);
            logger.LogInformation("{Place}: connected; batches go to {Shards} queues.", options.Place, options.Shards);
            return _connection;
        }
        catch (Exception error) when (BrokerConnection.IsPassing(error, cancel))
        {
            _failed = clock.GetTimestamp();
            throw new IOException($"{options.Place}: the broker cannot be reached. Uploads are refused until it can.", error);
        }
    }
}
