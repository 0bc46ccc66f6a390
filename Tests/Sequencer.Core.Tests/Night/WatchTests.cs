using Alpaca.Contract;
using Sequencer.Core.Configuration;

namespace Sequencer.Core.Tests.Night;

public sealed class WatchTests
{
    [Fact]
    public void A_state_that_hangs_is_stopped_and_the_unit_is_closed_and_parked_within_the_budget()
    {
        using var unit = new TestUnit().On("scheduling", async (night, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, night.Observatory.Clock, cancel);
            return null;
        });
        unit.RunWatched(async () =>
        {
            var rain = RainAsync(unit, TimeSpan.FromMinutes(10));
            await unit.Machine.RunAsync(new() { ExitWhenDone = true }, CancellationToken.None);
            await rain;
        });
        var began = unit.Events("safety").First(entry => entry.Flag("safe") == false && entry.Time > unit.Clock.Start).Time;
        var closing = unit.Events("dome").First(entry => entry.Text("shutter") == "closing").Time;
        Assert.InRange((closing - (unit.Clock.Start + TimeSpan.FromMinutes(10))).TotalSeconds, 0, 2);
        Assert.InRange((closing - began).TotalSeconds, 0, 1);
        var parking = unit.Events("state").First(entry => entry.Text("to") == "parking").Time;
        Assert.InRange((parking - began).TotalSeconds, 0, 1);
        Assert.True(unit.Telescope.IsParked);
        Assert.Equal(["ready", "scheduling", "parking", "parked", "housekeeping", "sleeping"], unit.States);
    }

    [Fact]
    public void A_unit_that_was_powered_down_is_left_alone_however_long_its_devices_take_to_disconnect()
    {
        using var unit = new TestUnit().On("scheduling", "parking");
        unit.RunWatched(async () =>
        {
            await unit.Machine.RunAsync(new() { ExitWhenDone = true, RunOnce = true }, CancellationToken.None);
            await unit.Machine.PowerDownAsync();
            await Task.Delay(TimeSpan.FromMinutes(10), unit.Clock);
        });
        Assert.Empty(unit.Events("alarm"));
        Assert.DoesNotContain(unit.Events("device"), entry => entry.Text("link") == "lost");
    }

    [Fact]
    public void A_state_that_does_not_even_listen_does_not_keep_the_dome_open()
    {
        using var unit = new TestUnit().On("scheduling", async (night, _) =>
        {
            await Task.Delay(TimeSpan.FromHours(1), night.Observatory.Clock, CancellationToken.None);
            return "parking";
        });
        unit.RunWatched(async () =>
        {
            var rain = RainAsync(unit, TimeSpan.FromMinutes(10));
            var night = unit.Machine.RunAsync(new() { ExitWhenDone = true }, CancellationToken.None);
            await Task.Delay(TimeSpan.FromMinutes(11), unit.Clock);
            Assert.Equal("scheduling", unit.Context.State);
            Assert.Equal(ShutterState.Closed, unit.Dome.State);
            await night;
            await rain;
        });
    }

    [Fact]
    public void Rain_while_the_dome_opens_reverses_it_and_it_opens_again_only_after_the_safety_delay()
    {
        using var unit = new TestUnit().On("scheduling", "parking");
        unit.Dome.ShutterTime = TimeSpan.FromSeconds(60);
        unit.RunWatched(async () =>
        {
            var rain = RainAsync(unit, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
            await unit.Machine.RunAsync(new() { ExitWhenDone = true, RunOnce = true }, CancellationToken.None);
            await rain;
        });
        Assert.Equal(["closed", "opening", "closing", "closed", "opening", "open", "closing", "closed"], unit.Events("dome").Select(entry => entry.Text("shutter")!));
        var opening = unit.Events("dome").Where(entry => entry.Text("shutter") == "opening").Select(entry => entry.Time).ToList();
        var end = unit.Clock.Start + TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(30);
        Assert.InRange((opening[1] - end).TotalMinutes, 15, 18.1);
    }

    [Fact]
    public void A_safety_monitor_that_does_not_answer_is_unsafe()
    {
        using var unit = new TestUnit().On("scheduling", async (night, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, night.Observatory.Clock, cancel);
            return null;
        });
        unit.RunWatched(async () =>
        {
            var cut = CutAsync(unit);
            await unit.Machine.RunAsync(new() { RunOnce = true }, CancellationToken.None);
            await cut;
        });
        Assert.Contains(unit.Events("dome"), entry => entry.Text("shutter") == "closing" && (entry.Time - unit.Clock.Start).TotalSeconds is >= 600 and < 603);
        Assert.Contains(unit.Events("device"), entry => entry.Text("name") == "safety monitor" && entry.Text("link") == "restored");
    }

    [Fact]
    public void A_roof_that_could_hit_the_telescope_waits_for_it_to_be_parked_if_the_owner_says_so()
    {
        using var unit = new TestUnit(configure: configuration => configuration with
        {
            Dome = new DomeOptions { NeedsParkedMount = true },
            Safety = new SafetyOptions { ClosePolicy = Sequencer.Safety.ClosePolicy.ScopeWins },
        }).On("scheduling", async (night, cancel) =>
        {
            await night.Observatory.Mount!.UnparkAsync(cancel);
            await Task.Delay(Timeout.InfiniteTimeSpan, night.Observatory.Clock, cancel);
            return null;
        });
        unit.RunWatched(async () =>
        {
            var rain = RainAsync(unit, TimeSpan.FromMinutes(10));
            await unit.Machine.RunAsync(new() { ExitWhenDone = true }, CancellationToken.None);
            await rain;
        });
        var parked = unit.Events("mount").First(entry => entry.Flag("parked") == true && entry.Time > unit.Clock.Start + TimeSpan.FromMinutes(10)).Time;
        var closing = unit.Events("dome").First(entry => entry.Text("shutter") == "closing").Time;
        Assert.True(closing >= parked, $"closing {closing:HH:mm:ss}, parked {parked:HH:mm:ss}");
    }

    [Fact]
    public void A_dome_that_does_not_close_is_told_again_every_minute_until_it_does()
    {
        using var unit = new TestUnit();
        unit.On("scheduling", async (night, cancel) =>
        {
            unit.Dome.StuckCloses = 10;
            await Task.Delay(Timeout.InfiniteTimeSpan, night.Observatory.Clock, cancel);
            return null;
        });
        unit.RunWatched(async () =>
        {
            var rain = RainAsync(unit, TimeSpan.FromMinutes(10));
            await unit.Machine.RunAsync(new() { ExitWhenDone = true }, CancellationToken.None);
            await rain;
        });
        Assert.Equal(ShutterState.Closed, unit.Dome.State);
        Assert.Single(unit.Events("alarm"));
        Assert.Equal("sleeping", unit.States[^1]);
    }

    private static async Task RainAsync(TestUnit unit, TimeSpan after, TimeSpan? length = null)
    {
        await Task.Delay(after, unit.Clock);
        unit.Monitor.Safe = false;
        if (length is not { } wet) return;
        await Task.Delay(wet, unit.Clock);
        unit.Monitor.Safe = true;
    }

    private static async Task CutAsync(TestUnit unit)
    {
        await Task.Delay(TimeSpan.FromMinutes(10), unit.Clock);
        unit.Monitor.LinkIsCut = true;
        await Task.Delay(TimeSpan.FromMinutes(3), unit.Clock);
        unit.Monitor.LinkIsCut = false;
    }
}
