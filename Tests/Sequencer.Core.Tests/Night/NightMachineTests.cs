using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Night;

namespace Sequencer.Core.Tests.Night;

public sealed class NightMachineTests
{
    [Fact]
    public void Without_scheduler_it_does_not_initialise_and_with_it_twice()
    {
        using var unit = new TestUnit(withScheduler: false);
        unit.Clock.Run(async () =>
        {
            Assert.False(await unit.Machine.InitializeAsync(CancellationToken.None));
            Assert.Contains("Scheduler not present", unit.Warnings);
            unit.Observatory.Scheduler = unit.Scheduler;
            Assert.True(await unit.Machine.InitializeAsync(CancellationToken.None));
            Assert.True(await unit.Machine.InitializeAsync(CancellationToken.None));
        });
    }

    [Fact]
    public void It_does_not_run_before_it_is_initialised()
    {
        using var unit = new TestUnit();
        unit.Clock.Run(async () => Assert.False(await unit.Machine.RunAsync(new NightRunOptions(), CancellationToken.None)));
        Assert.Contains("not initialized", unit.Warnings.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parking_while_parking_means_to_be_parked()
    {
        using var unit = new TestUnit();
        (unit.Context.State, unit.Context.NextState) = ("parking", "parking");
        Assert.Equal("set_park", unit.Machine.FindTransition().Trigger);
    }

    [Fact]
    public void An_unknown_next_state_falls_to_park_with_a_warning()
    {
        using var unit = new TestUnit();
        (unit.Context.State, unit.Context.NextState) = ("ready", "foobar");
        Assert.Equal("park", unit.Machine.FindTransition().Trigger);
        Assert.Contains("No transition for ready -> foobar, going to park.", unit.Warnings);
    }

    [Fact]
    public void Where_parking_is_not_possible_either_the_night_ends_closed_and_parked()
    {
        using var unit = new TestUnit().On("ready", (_, _) => throw new InvalidOperationException("a surprise"));
        unit.Run(async () =>
        {
            Assert.True(await unit.Machine.RunAsync(new NightRunOptions(), CancellationToken.None));
            Assert.True(unit.Telescope.IsParked);
        });
        Assert.Contains(unit.Warnings, warning => warning.Contains("a surprise", StringComparison.Ordinal));
        Assert.Equal(ShutterState.Closed, unit.Dome.State);
        Assert.Equal("a surprise", unit.Machine.Failure);
    }

    [Fact]
    public void An_always_safe_destination_is_entered_while_unsafe_and_others_are_not()
    {
        using var unit = new TestUnit();
        unit.Monitor.Safe = false;
        unit.Run(async () =>
        {
            Assert.True(await unit.Machine.CheckSafetyAsync("parking", CancellationToken.None));
            Assert.False(await unit.Machine.CheckSafetyAsync("observing", CancellationToken.None));
            Assert.False(await unit.Machine.CheckSafetyAsync(null, CancellationToken.None));
            unit.Context.State = "observing";
            await unit.Machine.CheckSafetyAsync("analyzing", CancellationToken.None);
            Assert.Equal("parking", unit.Context.NextState);
        });
    }

    [Fact]
    public void A_cycle_without_surprises_ends_sleeping_parked_and_closed()
    {
        using var unit = Cycle(new TestUnit());
        unit.Run(() => unit.Machine.RunAsync(new NightRunOptions { RunOnce = true, ExitWhenDone = true }, CancellationToken.None));

        Assert.Equal(
            ["ready", "scheduling", "slewing", "pointing", "tracking", "observing", "analyzing", "scheduling", "parking", "parked", "housekeeping", "sleeping"], unit.States);
        Assert.True(unit.Telescope.IsParked);
        Assert.Equal(ShutterState.Closed, unit.Dome.State);
    }

    [Fact]
    public void Unsafe_weather_while_slewing_passes_only_through_the_states_that_make_safe()
    {
        using var unit = Cycle(new TestUnit());
        unit.On("slewing", (_, _) =>
        {
            unit.Monitor.Safe = false;
            return Task.FromResult<string?>("pointing");
        });
        unit.RunWatched(async () =>
        {
            await unit.Machine.RunAsync(new NightRunOptions { ExitWhenDone = true }, CancellationToken.None);
            Assert.False(await unit.Context.IsSafeAsync());
        });
        Assert.Equal(["ready", "scheduling", "slewing", "parking", "parked", "housekeeping", "sleeping"], unit.States);
        Assert.Equal(ShutterState.Closed, unit.Dome.State);
    }

    [Fact]
    public void Told_to_stop_the_loop_ends_with_the_mount_parked_and_the_dome_closed()
    {
        using var unit = Cycle(new TestUnit());
        unit.On("tracking", (night, _) =>
        {
            night.StopStates();
            return Task.FromResult<string?>("observing");
        });
        unit.Run(async () =>
        {
            await unit.Machine.RunAsync(new NightRunOptions(), CancellationToken.None);
            Assert.True(unit.Telescope.IsParked);
        });
        Assert.Equal("tracking", unit.States[^1]);
        Assert.Equal(ShutterState.Closed, unit.Dome.State);
    }

    [Fact]
    public void Six_refusals_are_waited_out_and_the_next_one_parks()
    {
        using var unit = Cycle(new TestUnit());
        // Never tracks: the transition to pointing is refused each time.
        unit.On("slewing", (_, _) =>
        {
            unit.Telescope.IsTracking = false;
            return Task.FromResult<string?>("pointing");
        });
        unit.Run(async () =>
        {
            var start = unit.Clock.GetUtcNow();
            await unit.Machine.RunAsync(new NightRunOptions { ExitWhenDone = true, RunOnce = true }, CancellationToken.None);
            var parking = unit.Events("state").First(entry => entry.Text("to") == "parking").Time;
            var slewing = unit.Events("state").First(entry => entry.Text("to") == "slewing").Time;
            Assert.Equal(42, (parking - slewing).TotalSeconds, 0.1);
        });
        Assert.Equal(7, unit.Warnings.Count(warning => warning.Contains("was refused.", StringComparison.Ordinal)));
        Assert.Contains(unit.Warnings, warning => warning.StartsWith("Stuck", StringComparison.Ordinal));
    }

    [Fact]
    public void Powering_down_from_ready_parks_closes_and_nothing_is_safe_afterwards()
    {
        using var unit = Cycle(new TestUnit());
        unit.Run(async () =>
        {
            unit.Context.NextState = "ready";
            Assert.True(await unit.Machine.GoToNextStateAsync(CancellationToken.None));
            Assert.Equal(ShutterState.Open, unit.Dome.State);

            Assert.Equal((true, true), await unit.Machine.PowerDownAsync());

            Assert.False(unit.Context.Connected);
            Assert.False(await unit.Context.IsSafeAsync());
            Assert.True(unit.Telescope.IsParked);
            Assert.False(unit.Dome.Connected);
            Assert.Equal(ShutterState.Closed, unit.Dome.State);
            Assert.Equal((true, true), await unit.Machine.PowerDownAsync());
        });
    }

    [Fact]
    public void Abnormal_parkings_use_up_the_attempts_and_then_end_the_night()
    {
        using var unit = Cycle(new TestUnit());
        unit.On("slewing", (night, _) =>
        {
            night.CountAbnormalParking("The mount is broken.");
            return Task.FromResult<string?>(null);
        });
        unit.Run(() => unit.Machine.RunAsync(new NightRunOptions(), CancellationToken.None));
        Assert.Equal(3, unit.States.Count(state => state == "slewing"));
        Assert.Equal("sleeping", unit.States[^1]);
    }

    [Fact]
    public void Too_little_space_on_the_disk_of_the_images_parks()
    {
        using var unit = Cycle(new TestUnit(configure: configuration => configuration with { Safety = new SafetyOptions { RequiredFreeSpaceGigabytes = 999_000 } }));
        unit.Run(async () => Assert.False(await unit.Context.IsSafeAsync()));
        Assert.Contains(unit.Events("safety").Single().Texts("reasons"), reason => reason.StartsWith("free_space_images", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(6 * 3600, 21000)]
    [InlineData(180, 300)]
    [InlineData(14 * 3600, 49800)]
    public void By_day_it_waits_until_ten_minutes_before_the_twilight_ends(double untilTwilight, double expected) =>
        Assert.Equal(expected, Core.Night.States.Ready.DaytimeWait(TimeSpan.FromSeconds(untilTwilight)).TotalSeconds);

    [Fact]
    public void A_wait_ends_early_when_interrupted()
    {
        using var unit = new TestUnit();
        unit.Run(async () =>
        {
            var start = unit.Clock.GetUtcNow();
            Assert.True(await unit.Context.WaitAsync(TimeSpan.FromSeconds(40.0005), CancellationToken.None));
            Assert.Equal(40, (unit.Clock.GetUtcNow() - start).TotalSeconds, 0.1);
            unit.Context.Interrupted = true;
            Assert.False(await unit.Context.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None));
            Assert.Equal(40, (unit.Clock.GetUtcNow() - start).TotalSeconds, 0.1);
        });
    }

    /// <summary>States that need no sky: each goes straight on to the next.</summary>
    private static TestUnit Cycle(TestUnit unit) => unit
        .On("slewing", async (_, cancel) =>
        {
            await unit.Telescope.UnparkAsync(cancel);
            unit.Telescope.IsTracking = true;
            return "pointing";
        })
        .On("pointing", "tracking").On("tracking", "observing").On("observing", "analyzing").On("analyzing", "scheduling");
}
