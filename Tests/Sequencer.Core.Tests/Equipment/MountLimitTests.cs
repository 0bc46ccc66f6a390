using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Tests.Equipment;

public sealed class MountLimitTests
{
    private static readonly Site Site = Site.FromDegrees("Mauna Loa", 19.54, -155.58, 3400);
    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 15, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(1));

    [Fact]
    public void An_exposure_that_ends_before_the_meridian_may_begin() => Run(new MountOptions(), West(), -0.1, async mount =>
        Assert.Equal(Clearance.Clear, (await mount.ClearanceAsync(TwoMinutes, default)).Clearance));

    [Fact]
    public void An_exposure_that_would_end_past_the_meridian_waits_until_the_mount_can_turn_over() => Run(new MountOptions(), West(), -0.1, async mount =>
    {
        var answer = await mount.ClearanceAsync(TenMinutes, default);
        Assert.Equal(Clearance.Wait, answer.Clearance);
        Assert.InRange(answer.Wait.TotalMinutes, 5.5, 6.1);
        await Task.Delay(answer.Wait, _clock);
        Assert.Equal(Clearance.Flip, (await mount.ClearanceAsync(TenMinutes, default)).Clearance);
    });

    [Fact]
    public void The_hour_angle_decides_for_a_mount_that_does_not_tell_where_a_slew_would_end() => Run(new MountOptions(), West(flipsAt: null), -0.1, async mount =>
    {
        var answer = await mount.ClearanceAsync(TenMinutes, default);
        Assert.Equal(Clearance.Wait, answer.Clearance);
        await Task.Delay(answer.Wait, _clock);
        Assert.Equal(Clearance.Flip, (await mount.ClearanceAsync(TenMinutes, default)).Clearance);
    });

    [Fact]
    public void A_mount_that_itself_turns_over_later_is_taken_at_its_word() => Run(new MountOptions(), West(flipsAt: 0.5), -0.1, async mount =>
        Assert.Equal(Clearance.Clear, (await mount.ClearanceAsync(TenMinutes, default)).Clearance));

    [Fact]
    public void The_limit_of_the_configuration_holds_even_if_the_mount_would_turn_over_later() => Run(new MountOptions { MeridianLimitDegrees = 1 }, West(flipsAt: 0.5), 0.02, async mount =>
    {
        Assert.Equal(Clearance.Clear, (await mount.ClearanceAsync(TwoMinutes, default)).Clearance);
        Assert.Equal(Clearance.Wait, (await mount.ClearanceAsync(TenMinutes, default)).Clearance);
        await Task.Delay(TimeSpan.FromMinutes(4), _clock);
        var answer = await mount.ClearanceAsync(TwoMinutes, default);
        Assert.Equal(Clearance.Refused, answer.Clearance);
        Assert.Contains("would not turn over", answer.Reason, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("stop 5", null, 5.0)]
    [InlineData("flip 5", 9.0, 5.0)]
    [InlineData("stop 5", 3.0, 3.0)]
    [InlineData("nonsense", null, null)]
    public void The_stricter_limit_of_driver_and_configuration_counts(string told, double? configured, double? expected)
    {
        var telescope = West();
        telescope.Actions["Maker:GetMeridianTreatment"] = told;
        telescope.Actions["Maker:GetAltitudeLimit"] = "25";
        Run(new MountOptions { MeridianLimitDegrees = configured, AltitudeLimitDegrees = 12 }, telescope, -1, mount =>
        {
            Assert.Equal(expected, mount.Limits.MeridianDegrees);
            Assert.Equal(25, mount.Limits.AltitudeDegrees);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void On_the_east_side_the_upper_meridian_is_no_limit() => Run(new MountOptions { MeridianLimitDegrees = 0 }, new TestTelescope(_clock) { Side = PierSide.East, FlipsAtHours = 0 }, 0.5, async mount =>
        Assert.Equal(Clearance.Clear, (await mount.ClearanceAsync(TenMinutes, default)).Clearance));

    [Fact]
    public void A_mount_that_does_not_tell_its_side_is_where_its_last_slew_led() => Run(
        new MountOptions { MeridianLimitDegrees = 0 }, new TestTelescope(_clock) { Side = PierSide.Unknown }, -0.1, async mount =>
        {
            Assert.Equal(Clearance.Clear, (await mount.ClearanceAsync(TwoMinutes, default)).Clearance);
            Assert.Equal(Clearance.Wait, (await mount.ClearanceAsync(TenMinutes, default)).Clearance);
        });

    [Fact]
    public void No_exposure_begins_that_would_end_below_the_altitude_limit() => Run(new MountOptions { AltitudeLimitDegrees = 30 }, new TestTelescope(_clock) { Side = PierSide.East }, 3.5, async mount =>
    {
        var answer = await mount.ClearanceAsync(TenMinutes, default);
        Assert.Equal(Clearance.Clear, answer.Clearance);
        answer = await mount.ClearanceAsync(TimeSpan.FromHours(1), default);
        Assert.Equal(Clearance.Refused, answer.Clearance);
        Assert.Contains("below the altitude limit of 30 deg", answer.Reason, StringComparison.Ordinal);
    });

    [Fact]
    public void Tracking_on_far_beyond_a_limit_is_found_out_and_stopped()
    {
        var telescope = West();
        Run(new MountOptions { MeridianLimitDegrees = 2 }, telescope, -0.1, async mount =>
        {
            Assert.Null(mount.BeyondLimits());
            // The mount follows its target across the meridian.
            await Task.Delay(TimeSpan.FromMinutes(17), _clock);
            await mount.ReadAsync(default);
            Assert.Null(mount.BeyondLimits());
            await Task.Delay(TimeSpan.FromMinutes(3), _clock);
            await mount.ReadAsync(default);
            Assert.Contains("past the meridian; the limit is 2 deg", mount.BeyondLimits(), StringComparison.Ordinal);
            Assert.True(await mount.StopTrackingAsync());
            Assert.False(telescope.IsTracking);
            Assert.Null(mount.BeyondLimits());
        });
    }

    private TestTelescope West(double? flipsAt = 0) => new(_clock) { Side = PierSide.West, FlipsAtHours = flipsAt };

    /// <summary>Connects, and slews to a target at an hour angle, on declination 10 degrees.</summary>
    private void Run(MountOptions options, TestTelescope telescope, double hourAngle, Func<Mount, Task> test)
    {
        var mount = new Mount(telescope, options, Site, TimeSpan.FromSeconds(1), _clock, new Journal(_clock));
        _clock.Run(async () =>
        {
            await mount.ConnectAsync(CancellationToken.None);
            await mount.UnparkAsync(CancellationToken.None);
            var sky = SkyTransform.At(Site, _clock.GetUtcNow());
            mount.SetTarget(sky.Icrs(new EquatorialPosition((sky.LocalApparentSiderealTime - Angle.FromHours(hourAngle)).Wrapped(), Angle.FromDegrees(10))), "a target");
            Assert.True(await mount.SlewToTargetAsync(CancellationToken.None));
            await test(mount);
        });
    }
}
