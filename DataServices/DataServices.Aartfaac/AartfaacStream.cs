using System.Diagnostics.Metrics;
using System.Threading.Channels;

namespace DataServices.Aartfaac;

/// <summary>
/// Receives the subbands of AARTFAAC and gives out their images by time step. Memory is bounded: so many windows per endpoint wait to be
/// grouped, so many groups to be taken. Dispose of it to close every connection.
/// </summary>
public sealed class AartfaacStream : IAsyncDisposable
{
    private readonly StreamOptions _options;
    private readonly List<SubbandReceiver> _receivers;
    private readonly Channel<SubbandImage> _images = Channel.CreateUnbounded<SubbandImage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<ImageGroup> _groups;
    private readonly ImageGrouper _grouper;
    private readonly CancellationTokenSource _stop = new();
    private readonly Meter _meter;
    private readonly Lock _lock = new();
    private readonly Task _work;
    private long _dropped;
    private int _disposals;

    private AartfaacStream(IReadOnlyList<AartfaacEndpoint> endpoints, StreamOptions options)
    {
        _options = options;
        _grouper = new ImageGrouper(endpoints.Count, options.Grouping with { MaxWait = options.Grouping.MaxWait ?? 2 * options.Cadence });
        _groups = Channel.CreateBounded<ImageGroup>(
            new BoundedChannelOptions(options.GroupCapacity)
            {
                FullMode = options.Overflow switch
                {
                    OverflowPolicy.DropOldest => BoundedChannelFullMode.DropOldest,
                    OverflowPolicy.DropNewest => BoundedChannelFullMode.DropWrite,
                    _ => BoundedChannelFullMode.Wait,
                },
            },
            Drop);
        _receivers = [.. endpoints.Select((endpoint, index) => new SubbandReceiver(index, endpoint, options, _images.Writer))];
        _meter = StreamMeter.Of(this);
        _work = WorkAsync();
    }

    /// <summary>Starts receiving.</summary>
    /// <param name="endpoints">One per subband; together they make a group complete.</param>
    /// <param name="options">Time-outs, grouping, limits.</param>
    public static AartfaacStream Open(IReadOnlyList<AartfaacEndpoint> endpoints, StreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.Count == 0)
            throw new ArgumentException("There is no endpoint: at least one HOST:PORT is needed.", nameof(endpoints));
        if (endpoints.Distinct().Count() != endpoints.Count)
            throw new ArgumentException("An endpoint is named twice.", nameof(endpoints));
        return new AartfaacStream(endpoints, options ?? new StreamOptions());
    }

    /// <summary>The groups as they come. After disposal what was still open comes as <see cref="GroupReason.Shutdown"/>, then the end.</summary>
    public IAsyncEnumerable<ImageGroup> ReadAllAsync(CancellationToken cancel = default) => _groups.Reader.ReadAllAsync(cancel);

    /// <summary>What is known now.</summary>
    public StreamStatus Status()
    {
        var now = _options.Clock.GetUtcNow();
        lock (_lock)
        {
            return new StreamStatus(
                [.. _receivers.Select((receiver, index) => receiver.Status(now, _grouper.Gaps[index]))], _grouper.Complete, _grouper.Partial, _grouper.Late, _grouper.Duplicates,
                Interlocked.Read(ref _dropped), _groups.Reader.Count);
        }
    }

    /// <summary>Closes every connection and gives out what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) > 0)
            return;
        await _stop.CancelAsync();
        await _work;
        _meter.Dispose();
        foreach (var receiver in _receivers)
            receiver.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        Exception? failure = null;
        var receiving = Task.WhenAll(_receivers.Select(receiver => receiver.RunAsync(_stop.Token)));
        try
        {
            await GroupAsync(receiving);
        }
        catch (Exception error)
        {
            // The consumer must see it: it waits for groups that will not come.
            failure = error;
            await _stop.CancelAsync();
        }

        _groups.Writer.TryComplete(failure);
        while (_images.Reader.TryRead(out var image))
            image.Window.Dispose();
    }

    private async Task GroupAsync(Task receiving)
    {
        var ended = receiving.ContinueWith(
            task => _images.Writer.TryComplete(task.Exception), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var arrival = _images.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            await WaitAsync(arrival);
            if (arrival.IsCompleted)
            {
                if (!await arrival)
                    break;
                while (_images.Reader.TryRead(out var image))
                {
                    _receivers[image.Endpoint].Release();
                    await GiveAsync(Locked(() => _grouper.Add(image, _options.Clock.GetUtcNow())));
                }

                arrival = _images.Reader.WaitToReadAsync().AsTask();
            }

            await GiveAsync(Locked(() => _grouper.Expire(_options.Clock.GetUtcNow())));
        }

        await ended;
        foreach (var group in Locked(_grouper.Flush))
        {
            // Nobody may be there to make room, and waiting would hold up the end.
            if (!_groups.Writer.TryWrite(group))
                Drop(group);
        }
    }

    // Until an image comes or a group has waited long enough.
    private async Task WaitAsync(Task arrival)
    {
        if (Locked(() => _grouper.Deadline) is not { } deadline)
        {
            await arrival;
            return;
        }

        var left = deadline - _options.Clock.GetUtcNow();
        if (left <= TimeSpan.Zero || arrival.IsCompleted)
            return;
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(arrival, Task.Delay(left, _options.Clock, enough.Token));
        await enough.CancelAsync();
    }

    private async Task GiveAsync(IReadOnlyList<ImageGroup> groups)
    {
        foreach (var group in groups)
        {
            try
            {
                await _groups.Writer.WriteAsync(group, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                if (!_groups.Writer.TryWrite(group))
                    Drop(group);
            }
        }
    }

    private void Drop(ImageGroup group)
    {
        Interlocked.Increment(ref _dropped);
        group.Dispose();
    }

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
            return action();
    }
}
