using System.Threading.Channels;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Store;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace DataServices.Hisparc.Queue;

/// <summary>
/// Takes one shard's batches from its queue into this machine's log, and acknowledges each when its rows are verified in a day file. What was not
/// acknowledged comes again: batches that are known, and events that are in their file, are not stored a second time.
/// </summary>
public sealed class BatchConsumer(
    QueueOptions options, WriteAheadLog log, BatchIndex batches, Materialiser materialiser, Quarantine quarantine, Func<string?> refusal,
    HisparcMetrics metrics, Alarms alarms, TimeProvider clock, ILogger logger)
{
    private const string Subject = "queue";
    private const long MostBytesUnderWay = 64L << 20;
    private static readonly TimeSpan _retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestFarewell = TimeSpan.FromSeconds(30);
    private long _underWay;

    /// <summary>Works until stopped; then waits until what it took is in the files, and acknowledges it. The materialiser has to run longer.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (refusal() is null)
                    await ConsumeAsync(stop);
                await Task.Delay(_retry, clock, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (BrokerConnection.IsPassing(error, stop))
            {
                alarms.Raise(Subject, $"{options.Place}: {error.Message} Batches wait in the queue {options.Name(options.Shard!.Value)}.");
                await Task.Delay(_retry, clock, CancellationToken.None);
            }
        }
    }

    private async Task ConsumeAsync(CancellationToken stop)
    {
        var shard = options.Shard!.Value;
        await using var connection = await BrokerConnection.OpenAsync(options, [shard], $"hisparc writer {shard}", stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        await channel.BasicQosAsync(0, options.Prefetch, global: false, stop);
        var taken = Channel.CreateUnbounded<Taken>(new UnboundedChannelOptions { SingleReader = true });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) => await TakeAsync(message, taken.Writer, ending.Token);

        // The connection may be lost, or the broker may take the queue away from this consumer.
        Task End()
        {
            ending.Cancel();
            return Task.CompletedTask;
        }

        channel.ChannelShutdownAsync += (_, _) => End();
        consumer.UnregisteredAsync += (_, _) => End();
        var tag = await channel.BasicConsumeAsync(options.Name(shard), autoAck: false, consumer, stop);
        alarms.Clear(Subject);
        logger.LogInformation("{Place}: takes batches from {Queue}.", options.Place, options.Name(shard));
        try
        {
            await SettleAsync(channel, taken.Reader, ending.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && channel.IsOpen)
        {
            await FinishAsync(channel, tag, taken);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new IOException("the connection to the broker was lost.");
        }
        finally
        {
            Interlocked.Exchange(ref _underWay, 0);
        }
    }

    // On the consumer's own thread, one message after the other; the next waits when too much is on its way to the disk.
    private async Task TakeAsync(BasicDeliverEventArgs message, ChannelWriter<Taken> taken, CancellationToken cancel)
    {
        while (Interlocked.Read(ref _underWay) > MostBytesUnderWay)
            await Task.Delay(_look, clock, cancel);
        metrics.Count("queue_consumed_total");
        if (message.Redelivered)
            metrics.Count("queue_redelivered_total");
        Interlocked.Add(ref _underWay, message.Body.Length);

        // The client takes its buffer back when this returns.
        var bytes = message.Body.ToArray();
        taken.TryWrite(new Taken(message.DeliveryTag, bytes.Length, KeepAsync(bytes)));
    }

    private async Task<LogPosition> KeepAsync(byte[] bytes)
    {
        if (LogRecord.DecodeFrame(bytes) is not { } record)
        {
            // Not from a publisher of this service: it will not become better by being sent again.
            quarantine.Keep(0, BatchIdentity.Of(bytes), bytes, $"A message of the queue {options.Name(options.Shard!.Value)} that is no batch.");
            logger.LogError("A message of the queue {Queue} is no batch; it is kept in quarantine.", options.Name(options.Shard!.Value));
            return default;
        }

        var key = BatchIndex.Key(record.Station, record.Identity.Span, record.Data.Length);
        if (batches.Contains(key))
        {
            metrics.Count(HisparcMetrics.Duplicate("batch"));
            return log.End;
        }

        _ = await log.AppendAsync(record);
        batches.Add(key, record.Received);
        return log.End;
    }

    private async Task SettleAsync(IChannel channel, ChannelReader<Taken> taken, CancellationToken cancel)
    {
        while (await taken.WaitToReadAsync(cancel))
        {
            ulong settled = 0;
            var count = 0;
            while (taken.TryPeek(out var next))
            {
                var position = await next.Kept;
                while (materialiser.Checkpoint < position)
                {
                    await AcknowledgeAsync(channel, settled, count, cancel);
                    (settled, count) = (0, 0);
                    if (refusal() is { } reason)
                        throw new IOException(reason);
                    await Task.Delay(_look, clock, cancel);
                }

                // Taken out only now: an acknowledgement speaks for all before it too.
                _ = taken.TryRead(out _);
                Interlocked.Add(ref _underWay, -next.Length);
                settled = next.Tag;
                count++;
            }

            await AcknowledgeAsync(channel, settled, count, cancel);
        }
    }

    private async Task AcknowledgeAsync(IChannel channel, ulong upTo, int count, CancellationToken cancel)
    {
        if (count == 0)
            return;
        await channel.BasicAckAsync(upTo, multiple: true, cancel);
        metrics.Count("queue_acknowledged_total", count);
    }

    private async Task FinishAsync(IChannel channel, string tag, Channel<Taken> taken)
    {
        using var late = new CancellationTokenSource(_longestFarewell, clock);
        try
        {
            await channel.BasicCancelAsync(tag, cancellationToken: late.Token);
            taken.Writer.TryComplete();
            await SettleAsync(channel, taken.Reader, late.Token);
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("Some batches were not acknowledged to the broker; they come again and are known then.");
        }
    }

    private sealed record Taken(ulong Tag, int Length, Task<LogPosition> Kept);
}
