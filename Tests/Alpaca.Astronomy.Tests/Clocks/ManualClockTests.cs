using Alpaca.Astronomy.Clocks;

namespace Alpaca.Astronomy.Tests.Clocks;

public class ManualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Advancing_fires_each_timer_at_its_own_time()
    {
        var clock = new ManualClock(Start);
        var fired = new List<(string Name, double At)>();
        void Say(object? name) => fired.Add(((string)name!, (clock.GetUtcNow() - Start).TotalSeconds));
        using var third = clock.CreateTimer(Say, "once", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var every = clock.CreateTimer(Say, "every", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var late = clock.CreateTimer(Say, "late", TimeSpan.FromSeconds(60), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal([("every", 2), ("every", 4), ("once", 5), ("every", 6)], fired);
        Assert.Equal(Start.AddSeconds(7), clock.GetUtcNow());
        Assert.Equal(2, clock.PendingTimers);
    }

    [Fact]
    public void A_disposed_or_stopped_timer_stays_silent()
    {
        var clock = new ManualClock(Start);
        var fired = 0;
        var one = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var two = clock.CreateTimer(_ => fired += 100, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        one.Dispose();
        Assert.True(two.Change(Timeout.InfiniteTimeSpan, TimeSpan.Zero));
        Assert.False(one.Change(TimeSpan.Zero, TimeSpan.Zero));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(101, fired);
        Assert.Equal(0, clock.PendingTimers);
    }

    [Fact]
    public void Many_cancelled_timers_do_not_pile_up_in_the_way_of_the_live_ones()
    {
        var clock = new ManualClock(Start);
        var fired = 0;
        using var live = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(2), Timeout.InfiniteTimeSpan);
        for (var i = 0; i < 100_000; i++) clock.CreateTimer(_ => fired += 1000, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan).Dispose();
        Assert.Equal(1, clock.PendingTimers);
        clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(1, fired);
    }

    [Fact]
    public async Task The_system_clock_computes_on_the_thread_pool_and_holds_nothing()
    {
        using var hold = TimeProvider.System.Hold();
        Assert.True(await TimeProvider.System.ComputeAsync(() => Thread.CurrentThread.IsThreadPoolThread));
    }
}
