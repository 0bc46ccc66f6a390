using Alpaca.Contract;
using Alpaca.Simulators.Mount;

namespace Alpaca.Simulators.Tests;

public class MountTests
{
    [Fact]
    public void A_slew_takes_the_distance_over_the_speed_and_ends_on_the_target() => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(2, 20);
        var began = clock.GetUtcNow();
        var rightAscension = (await telescope.SiderealTimeAsync() - 4 + 24) % 24;
        await telescope.StartSlewToCoordinatesAsync(rightAscension, 20);
        Assert.True(await telescope.SlewingAsync());
        while (await telescope.SlewingAsync())
            await clock.Pass(0.01);

        // 30 degrees of hour angle at 4 degrees per second, less what the sky turns meanwhile.
        Assert.Equal(7.5, (clock.GetUtcNow() - began).TotalSeconds, 0.05);
        Assert.Equal(rightAscension, await telescope.RightAscensionAsync(), 1e-6);
        Assert.Equal(20, await telescope.DeclinationAsync(), 1e-6);
        await clock.Pass(600);
        Assert.Equal(rightAscension, await telescope.RightAscensionAsync(), 1e-6);
    });

    [Fact]
    public void The_pier_side_flips_when_a_target_lies_across_the_meridian() => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(1, 10);
        Assert.Equal(PierSide.East, await telescope.SideOfPierAsync());
        await telescope.PointAsync(-1, 10);
        Assert.Equal(PierSide.West, await telescope.SideOfPierAsync());

        // Tracking across the meridian does not flip; only the next slew does.
        await clock.Pass(2 * 3600);
        Assert.Equal(PierSide.West, await telescope.SideOfPierAsync());
        var (rightAscension, declination) = (await telescope.RightAscensionAsync(), await telescope.DeclinationAsync());
        Assert.Equal(PierSide.East, await telescope.DestinationSideOfPierAsync(rightAscension, declination));
        await telescope.SlewToCoordinatesAsync(rightAscension, declination);
        Assert.Equal(PierSide.East, await telescope.SideOfPierAsync());
    });

    [Fact]
    public void Setting_the_pier_side_flips_the_mount_onto_the_same_place() => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(1, 40);
        var rightAscension = await telescope.RightAscensionAsync();
        await telescope.SetSideOfPierAsync(PierSide.West);
        Assert.True(await telescope.SlewingAsync());
        while (await telescope.SlewingAsync())
            await clock.Pass(0.1);
        Assert.Equal(PierSide.West, await telescope.SideOfPierAsync());
        Assert.Equal(rightAscension, await telescope.RightAscensionAsync(), 1e-5);
        Assert.Equal(40, await telescope.DeclinationAsync(), 1e-5);
    });

    [Fact]
    public void Blind_pointing_is_wrong_by_some_arcminutes_and_right_without_errors()
    {
        Night.Run(async (observatory, clock) => Assert.InRange(await OffTargetAsync(observatory, clock), 2, 15));
        var perfect = new SimulationOptions { Mount = new MountOptions { Errors = MountErrors.None }, Site = Airless };
        Night.Run(async (observatory, clock) => Assert.InRange(await OffTargetAsync(observatory, clock), 0, 0.01), perfect);
    }

    [Fact]
    public void A_sync_changes_the_reported_place_only_and_lets_the_next_slew_hit() => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(1.5, 30);
        var before = observatory.TruePointing(clock.GetUtcNow());
        var transform = Astronomy.SkyTransform.At(observatory.Options.Site, clock.GetUtcNow());
        var truth = transform.Apparent(before);
        var target = (await telescope.RightAscensionAsync(), await telescope.DeclinationAsync());
        await telescope.SyncToCoordinatesAsync(truth.RightAscension.Wrapped().Hours, truth.Declination.Degrees);
        Assert.InRange(before.Separation(observatory.TruePointing(clock.GetUtcNow())).Arcseconds, 0, 0.1);
        Assert.Equal(truth.Declination.Degrees, await telescope.DeclinationAsync(), 1e-6);

        await telescope.SlewToCoordinatesAsync(target.Item1, target.Item2);
        var wanted = Astronomy.SkyTransform.At(observatory.Options.Site, clock.GetUtcNow())
            .Icrs(Astronomy.EquatorialPosition.FromHours(target.Item1, target.Item2));
        Assert.InRange(wanted.Separation(observatory.TruePointing(clock.GetUtcNow())).Arcseconds, 0, 30);
    });

    [Fact]
    public void A_polar_axis_too_far_east_makes_stars_drift_in_declination_as_theory_says()
    {
        // On the meridian a polar axis too far east by e carries the tube north by e cos(latitude) x the turn of the sky: the star drifts south.
        var errors = MountErrors.None with { AxisAzimuth = 10 };
        var options = new SimulationOptions { Mount = new MountOptions { Errors = errors }, Site = Airless };
        Night.Run(async (observatory, clock) =>
        {
            await observatory.Telescope.PointAsync(0.0001, 0);
            var before = observatory.TruePointing(clock.GetUtcNow());
            await clock.Pass(600);
            var after = observatory.TruePointing(clock.GetUtcNow());
            var turned = 600 * 15.041 / 3600 * Math.PI / 180;
            var expected = 10 * 60 * Math.Cos(observatory.Options.Site.Latitude.Radians) * turned;
            Assert.Equal(expected, (after.Declination - before.Declination).Arcseconds, 0.5);
        }, options);
    }

    [Fact]
    public void Guide_pulses_move_the_sky_by_rate_times_time() => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(1, 30);
        var (rightAscension, declination) = (await telescope.RightAscensionAsync(), await telescope.DeclinationAsync());
        await telescope.PulseGuideAsync(GuideDirection.North, 4000);
        await telescope.PulseGuideAsync(GuideDirection.East, 2000);
        Assert.True(await telescope.IsPulseGuidingAsync());
        Assert.False(await telescope.SlewingAsync());
        await clock.Pass(4.1);
        Assert.False(await telescope.IsPulseGuidingAsync());
        var rate = await telescope.GuideRateDeclinationAsync();
        Assert.Equal(4 * rate, await telescope.DeclinationAsync() - declination, 1e-6);
        Assert.Equal(2 * rate, 15 * (await telescope.RightAscensionAsync() - rightAscension), 1e-6);
    });

    [Fact]
    public void Parking_returns_at_once_and_a_parked_mount_refuses_to_move() => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(3, -20);
        await telescope.ParkAsync();
        Assert.False(await telescope.AtParkAsync());
        Assert.True(await telescope.SlewingAsync());
        while (!await telescope.AtParkAsync())
            await clock.Pass(0.5);
        Assert.False(await telescope.TrackingAsync());
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.AbortSlewAsync()));
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.FindHomeAsync()));
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.MoveAxisAsync(TelescopeAxis.Primary, 0)));
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.PulseGuideAsync(GuideDirection.North, 100)));
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.StartSlewToCoordinatesAsync(1, 1)));
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.SyncToAltAzAsync(1, 1)));
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.SetTrackingAsync(true)));
        await telescope.SetTrackingAsync(false);
        await telescope.ParkAsync();
        var side = await telescope.SideOfPierAsync();
        await telescope.SetSideOfPierAsync(side);
        Assert.Equal(AlpacaError.InvalidWhileParked, await Night.ErrorOf(() => telescope.SetSideOfPierAsync(side == PierSide.East ? PierSide.West : PierSide.East)));
        await telescope.UnparkAsync();
        await telescope.UnparkAsync();
        Assert.False(await telescope.AtParkAsync());
    });

    [Fact]
    public void Moving_an_axis_counts_as_slewing_and_gives_tracking_back() => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(1, 30);
        var declination = await telescope.DeclinationAsync();
        await telescope.MoveAxisAsync(TelescopeAxis.Secondary, 1);
        Assert.True(await telescope.SlewingAsync());
        await clock.Pass(5);
        await telescope.MoveAxisAsync(TelescopeAxis.Secondary, 0);
        Assert.False(await telescope.SlewingAsync());
        Assert.True(await telescope.TrackingAsync());
        Assert.Equal(5, Math.Abs(await telescope.DeclinationAsync() - declination), 1e-6);
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => telescope.MoveAxisAsync(TelescopeAxis.Primary, 5)));
    });

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0, 40)]
    [InlineData(-0.05, -40)]
    public void Rate_offsets_move_the_coordinates_at_that_rate(double rightAscensionRate, double declinationRate) => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(-3, 10);
        var (rightAscension, declination) = (await telescope.RightAscensionAsync(), await telescope.DeclinationAsync());
        await telescope.SetRightAscensionRateAsync(rightAscensionRate);
        await telescope.SetDeclinationRateAsync(declinationRate);
        await clock.Pass(10);
        Assert.False(await telescope.SlewingAsync());
        Assert.Equal(10 * rightAscensionRate * 1.00274, 3600 * (await telescope.RightAscensionAsync() - rightAscension), 1e-3);
        Assert.Equal(10 * declinationRate, 3600 * (await telescope.DeclinationAsync() - declination), 1e-3);
        await telescope.SetTrackingRateAsync(DriveRate.Lunar);
        Assert.Equal(0, await telescope.RightAscensionRateAsync());
        Assert.Equal(AlpacaError.InvalidOperation, await Night.ErrorOf(() => telescope.SetDeclinationRateAsync(1)));
    });

    [Theory]
    [InlineData(AlignmentMode.GermanPolar)]
    [InlineData(AlignmentMode.Polar)]
    [InlineData(AlignmentMode.AltAz)]
    public void Every_kind_of_mount_slews_and_tracks(AlignmentMode mode) => Night.Run(async (observatory, clock) =>
    {
        var telescope = observatory.Telescope;
        await telescope.PointAsync(-2, 35);
        var rightAscension = await telescope.RightAscensionAsync();
        var before = observatory.TruePointing(clock.GetUtcNow());
        await clock.Pass(1800);
        Assert.Equal(rightAscension, await telescope.RightAscensionAsync(), 1e-6);
        Assert.Equal(35, await telescope.DeclinationAsync(), 1e-6);
        Assert.InRange(before.Separation(observatory.TruePointing(clock.GetUtcNow())).Arcseconds, 0, 5);
        await telescope.SetTrackingAsync(false);
        await telescope.SlewToAltAzAsync(200, 50);
        Assert.Equal(200, await telescope.AzimuthAsync(), 1e-6);
        Assert.Equal(50, await telescope.AltitudeAsync(), 1e-6);
    }, new SimulationOptions { Mount = new MountOptions { Alignment = mode, Errors = MountErrors.None }, Site = Airless });

    [Fact]
    public void A_mount_in_the_south_points_where_it_says() => Night.Run(async (observatory, clock) =>
    {
        foreach (var (hourAngle, declination) in new[] { (2.0, -40.0), (-2.0, -70.0), (-3.0, 10.0) })
        {
            await observatory.Telescope.PointAsync(hourAngle, declination);
            var now = clock.GetUtcNow();
            var place = Astronomy.EquatorialPosition.FromHours(await observatory.Telescope.RightAscensionAsync(), await observatory.Telescope.DeclinationAsync());
            var wanted = Astronomy.SkyTransform.At(observatory.Options.Site, now).Icrs(place);
            Assert.InRange(wanted.Separation(observatory.TruePointing(now)).Arcseconds, 0, 0.5);
        }
    }, new SimulationOptions
    {
        Mount = new MountOptions { Errors = MountErrors.None },
        Site = Astronomy.Site.FromDegrees("Siding Spring", -31.27, 149.06, 1165) with { Pressure = 0 },
    });

    [Fact]
    public void Targets_are_not_set_until_they_are_one_by_one() => Night.Run(async (observatory, _) =>
    {
        var telescope = observatory.Telescope;
        Assert.Equal(AlpacaError.ValueNotSet, await Night.ErrorOf(() => telescope.TargetRightAscensionAsync()));
        await telescope.SetTargetRightAscensionAsync(5);
        Assert.Equal(5, await telescope.TargetRightAscensionAsync());
        Assert.Equal(AlpacaError.ValueNotSet, await Night.ErrorOf(() => telescope.TargetDeclinationAsync()));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => telescope.SetTargetRightAscensionAsync(25)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => telescope.SetTargetDeclinationAsync(-100)));
        await telescope.UnparkAsync();
        Assert.Equal(AlpacaError.InvalidOperation, await Night.ErrorOf(() => telescope.StartSlewToCoordinatesAsync(5, 5)));
        await telescope.SetTrackingAsync(true);
        Assert.Equal(AlpacaError.InvalidOperation, await Night.ErrorOf(() => telescope.StartSlewToAltAzAsync(5, 5)));
    });

    /// <summary>Mauna Loa without air: what is left of pointing errors is the mount's own.</summary>
    private static Astronomy.Site Airless => SimulationOptions.MaunaLoa with { Pressure = 0 };

    private static async Task<double> OffTargetAsync(SimulatedObservatory observatory, TimeProvider clock)
    {
        await observatory.Telescope.PointAsync(2, 30);
        var now = clock.GetUtcNow();
        var place = Astronomy.EquatorialPosition.FromHours(await observatory.Telescope.RightAscensionAsync(), await observatory.Telescope.DeclinationAsync());
        return Astronomy.SkyTransform.At(observatory.Options.Site, now).Icrs(place).Separation(observatory.TruePointing(now)).Degrees * 60;
    }
}
