using System.Net;

namespace Alpaca.Discovery.Tests;

public sealed class ReplyLimiterTests
{
    private static readonly IPAddress A = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress B = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress C = IPAddress.Parse("192.0.2.3");
    private readonly HandClock _clock = new();

    private static DiscoveryOptions Options => new() { Burst = 2, RepliesPerSecond = 1, TotalRepliesPerSecond = 100, MaximumSources = 2 };

    [Fact]
    public void A_source_has_a_burst_and_then_its_rate()
    {
        var limiter = new ReplyLimiter(Options, _clock);
        Assert.Equal([true, true, false], [limiter.TryTake(A), limiter.TryTake(A), limiter.TryTake(A)]);
        Assert.True(limiter.TryTake(B), "one source's flood must not silence the others");
        _clock.Advance(1.01);
        Assert.Equal([true, false], [limiter.TryTake(A), limiter.TryTake(A)]);
        _clock.Advance(1000);
        Assert.Equal([true, true, false], [limiter.TryTake(A), limiter.TryTake(A), limiter.TryTake(A)]);
    }

    [Fact]
    public void A_full_table_refuses_new_sources_until_an_old_one_has_rested()
    {
        var limiter = new ReplyLimiter(Options, _clock);
        Assert.True(limiter.TryTake(A));
        Assert.True(limiter.TryTake(B));
        Assert.False(limiter.TryTake(C));
        _clock.Advance(1.5);
        Assert.True(limiter.TryTake(C));
    }

    [Fact]
    public void All_sources_together_have_a_bound()
    {
        var limiter = new ReplyLimiter(Options with { TotalRepliesPerSecond = 3, MaximumSources = 100 }, _clock);
        Assert.Equal(3, Enumerable.Range(1, 50).Count(i => limiter.TryTake(new IPAddress([10, 0, 0, (byte)i]))));
        _clock.Advance(1);
        Assert.Equal(3, Enumerable.Range(51, 40).Count(i => limiter.TryTake(new IPAddress([10, 0, 0, (byte)i]))));
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(double seconds) => _ticks += (long)(seconds * TimeSpan.TicksPerSecond);

        public override long GetTimestamp() => _ticks;
    }
}
