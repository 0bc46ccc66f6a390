using System.Net;

namespace Alpaca.Discovery;

/// <summary>
/// A token bucket per source address and one for all, so that nobody can make a server flood a third party.
/// The table is bounded: when it is full, sources that have rested long enough to be as good as new make room, and failing that new ones wait.
/// </summary>
internal sealed class ReplyLimiter(DiscoveryOptions options, TimeProvider clock)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Bucket> _sources = [];
    private Bucket _total = new(options.TotalRepliesPerSecond, clock.GetTimestamp());
    private long _sweptAt;
    private bool _swept;

    public bool TryTake(IPAddress source)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (!_sources.TryGetValue(source, out var bucket))
            {
                if (_sources.Count >= options.MaximumSources && !TrySweep(now))
                    return false;
                bucket = new Bucket(options.Burst, now);
            }

            var total = Refill(_total, options.TotalRepliesPerSecond, options.TotalRepliesPerSecond, now);
            bucket = Refill(bucket, options.RepliesPerSecond, options.Burst, now);
            var granted = bucket.Tokens >= 1 && total.Tokens >= 1;
            _sources[source] = granted ? bucket with { Tokens = bucket.Tokens - 1 } : bucket;
            _total = granted ? total with { Tokens = total.Tokens - 1 } : total;
            return granted;
        }
    }

    private bool TrySweep(long now)
    {
        if (_swept && clock.GetElapsedTime(_sweptAt, now) < SweepInterval)
            return false;
        (_swept, _sweptAt) = (true, now);
        foreach (var (address, bucket) in _sources)
        {
            if (Refill(bucket, options.RepliesPerSecond, options.Burst, now).Tokens >= options.Burst)
                _sources.Remove(address);
        }

        return _sources.Count < options.MaximumSources;
    }

    private Bucket Refill(Bucket bucket, double rate, double most, long now) =>
        new(Math.Min(most, bucket.Tokens + clock.GetElapsedTime(bucket.Time, now).TotalSeconds * rate), now);

    private readonly record struct Bucket(double Tokens, long Time);
}
