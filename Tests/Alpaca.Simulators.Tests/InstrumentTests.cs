using Alpaca.Contract;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;

namespace Alpaca.Simulators.Tests;

public class InstrumentTests
{
    [Fact]
    public void A_dome_takes_its_time_and_says_so_while_anything_moves() => Night.Run(async (observatory, clock) =>
    {
        var dome = observatory.Dome;
        Assert.Equal(ShutterState.Closed, await dome.ShutterStatusAsync());
        await dome.OpenShutterAsync();
        Assert.Equal(ShutterState.Opening, await dome.ShutterStatusAsync());
        Assert.True(await dome.SlewingAsync());
        await clock.Pass(19.9);
        Assert.True(await dome.SlewingAsync());
        await clock.Pass(0.2);
        Assert.Equal(ShutterState.Open, await dome.ShutterStatusAsync());
        Assert.False(await dome.SlewingAsync());

        await dome.SlewToAzimuthAsync(45);
        await clock.Pass(20);
        await dome.SlewToAzimuthAsync(225);
        await clock.Pass(3);
        Assert.True(await dome.SlewingAsync());
        await dome.AbortSlewAsync();
        Assert.False(await dome.SlewingAsync());
        Assert.NotEqual(225, await dome.AzimuthAsync(), 1.0);
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => dome.SlewToAzimuthAsync(370)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => dome.SlewToAltitudeAsync(-10)));
        Assert.Equal(AlpacaError.NotImplemented, await Night.ErrorOf(() => ((IDome)dome).SetSlavedAsync(true)));
    });

    [Fact]
    public void A_shutter_stopped_half_way_is_an_error_until_it_is_moved_again() => Night.Run(async (observatory, clock) =>
    {
        var dome = observatory.Dome;
        await dome.OpenShutterAsync();
        await clock.Pass(10);
        await dome.AbortSlewAsync();
        Assert.Equal(ShutterState.Error, await dome.ShutterStatusAsync());
        await dome.CloseShutterAsync();
        Assert.Equal(ShutterState.Closing, await dome.ShutterStatusAsync());
        await clock.Pass(10.1);
        Assert.Equal(ShutterState.Closed, await dome.ShutterStatusAsync());
    });

    [Fact]
    public void Home_park_and_sync_of_a_dome() => Night.Run(async (observatory, clock) =>
    {
        var dome = observatory.Dome;
        await dome.SlewToAzimuthAsync(90);
        await clock.Pass(30);
        await dome.SyncToAzimuthAsync(100);
        Assert.Equal(100, await dome.AzimuthAsync(), 1e-6);
        await dome.SetParkAsync();
        await dome.FindHomeAsync();
        Assert.False(await dome.AtHomeAsync());
        await clock.Pass(30);
        Assert.True(await dome.AtHomeAsync());
        Assert.Equal(10, await dome.AzimuthAsync(), 1e-6);
        await dome.ParkAsync();
        Assert.False(await dome.AtHomeAsync());
        await clock.Pass(30);
        Assert.True(await dome.AtParkAsync());
        Assert.Equal(100, await dome.AzimuthAsync(), 1e-6);
    });

    [Fact]
    public void A_roll_off_roof_has_a_shutter_and_nothing_else() => Night.Run(async (observatory, _) =>
    {
        var roof = observatory.Dome;
        Assert.False(await roof.CanSetAzimuthAsync());
        Assert.True(await roof.CanSetShutterAsync());
        Assert.Equal(AlpacaError.NotImplemented, await Night.ErrorOf(() => roof.AzimuthAsync()));
        Assert.Equal(AlpacaError.NotImplemented, await Night.ErrorOf(() => roof.ParkAsync()));
        await roof.OpenShutterAsync();
    }, new SimulationOptions { Dome = new DomeOptions { HasAzimuth = false } });

    [Fact]
    public void Through_a_slit_the_camera_sees_only_where_the_dome_is_turned() => Night.Run(async (observatory, clock) =>
    {
        var options = observatory.Options;
        await observatory.Dome.OpenShutterAsync();
        await clock.Pass(30);
        Assert.Equal(1, ((IEnclosure)observatory.Dome).OpennessTowards(40, 5, clock.GetUtcNow()));
        Assert.Equal(0, ((IEnclosure)observatory.Dome).OpennessTowards(40, 60, clock.GetUtcNow()));
        await observatory.Dome.SlewToAzimuthAsync(60);
        await clock.Pass(30);
        Assert.Equal(1, ((IEnclosure)observatory.Dome).OpennessTowards(40, 60, clock.GetUtcNow()));
        Assert.Equal(DomeOpening.Slit, options.Dome.Opening);
    }, new SimulationOptions { Dome = new DomeOptions { Opening = DomeOpening.Slit } });

    [Fact]
    public void A_focuser_stops_at_the_ends_of_its_travel_within_a_minute() => Night.Run(async (observatory, clock) =>
    {
        var focuser = observatory.Focuser;
        var highest = await focuser.MaxStepAsync();
        foreach (var (asked, reached) in new[] { (0, 0), (-10, 0), (highest, highest), (highest + 10, highest) })
        {
            await focuser.MoveAsync(asked);
            if (await focuser.PositionAsync() != reached)
                Assert.True(await focuser.IsMovingAsync());
            await clock.Pass(25);
            Assert.False(await focuser.IsMovingAsync());
            Assert.Equal(reached, await focuser.PositionAsync());
        }
    });

    [Fact]
    public void Temperature_compensation_follows_the_temperature() => Night.Run(async (observatory, clock) =>
    {
        var focuser = observatory.Focuser;
        await focuser.SetTempCompAsync(true);
        var (temperature, position) = (await focuser.TemperatureAsync(), await focuser.PositionAsync());
        var defocus = focuser.DefocusAt(clock.GetUtcNow(), 0);
        await clock.Pass(14 * 3600);
        var warmer = await focuser.TemperatureAsync() - temperature;
        Assert.InRange(Math.Abs(warmer), 1, 20);
        Assert.Equal(-6 * warmer, await focuser.PositionAsync() - position, 1.0);
        Assert.Equal(defocus, focuser.DefocusAt(clock.GetUtcNow(), 0), 1e-6);
    });

    [Fact]
    public void A_relative_focuser_has_no_position_and_moves_by_distances() => Night.Run(async (observatory, clock) =>
    {
        var focuser = observatory.Focuser;
        Assert.Equal(AlpacaError.NotImplemented, await Night.ErrorOf(() => focuser.PositionAsync()));
        await focuser.MoveAsync(-400);
        await clock.Pass(0.3);
        Assert.True(await focuser.IsMovingAsync());
        await focuser.HaltAsync();
        Assert.False(await focuser.IsMovingAsync());
    }, new SimulationOptions { Focuser = new FocuserOptions { IsAbsolute = false } });

    [Fact]
    public void A_filter_wheel_says_minus_one_while_it_turns_and_goes_the_short_way() => Night.Run(async (observatory, clock) =>
    {
        var wheel = observatory.FilterWheel;
        Assert.Equal((await wheel.NamesAsync()).Count, (await wheel.FocusOffsetsAsync()).Count);
        await wheel.SetPositionAsync(4);
        Assert.Equal(-1, await wheel.PositionAsync());
        await clock.Pass(0.9);
        Assert.Equal(4, await wheel.PositionAsync());
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => wheel.SetPositionAsync(5)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => wheel.SetPositionAsync(-1)));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rotator_reaches_sky_and_mechanical_angles(bool reverse) => Night.Run(async (observatory, clock) =>
    {
        var rotator = observatory.Rotator;
        await rotator.MoveMechanicalAsync(30);
        await clock.Pass(30);
        var mechanical = await rotator.MechanicalPositionAsync();
        await rotator.SyncAsync(120);
        Assert.Equal(mechanical, await rotator.MechanicalPositionAsync(), 1e-9);
        await rotator.SetReverseAsync(reverse);
        Assert.Equal(120, await rotator.PositionAsync(), 1e-9);
        await rotator.MoveAbsoluteAsync(315);
        Assert.True(await rotator.IsMovingAsync());
        await clock.Pass(30);
        Assert.Equal(315, await rotator.PositionAsync(), 1e-9);
        await rotator.MoveAsync(375);
        await clock.Pass(30);
        Assert.Equal(330, await rotator.PositionAsync(), 1e-9);
        Assert.Equal(330, await rotator.TargetPositionAsync(), 1e-9);
        await rotator.MoveMechanicalAsync(45);
        await clock.Pass(60);
        Assert.Equal(45, await rotator.MechanicalPositionAsync(), 1e-9);
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => rotator.MoveAbsoluteAsync(-405)));
    });

    [Fact]
    public void A_cover_halts_half_way_and_its_lamp_needs_time_to_be_ready() => Night.Run(async (observatory, clock) =>
    {
        var cover = observatory.CoverCalibrator;
        Assert.Equal(CoverStatus.Closed, await cover.CoverStateAsync());
        await cover.OpenCoverAsync();
        await clock.Pass(6);
        Assert.Equal(CoverStatus.Open, await cover.CoverStateAsync());
        await cover.CloseCoverAsync();
        Assert.True(await cover.CoverMovingAsync());
        await clock.Pass(6);
        Assert.Equal(CoverStatus.Closed, await cover.CoverStateAsync());
        await cover.OpenCoverAsync();
        await clock.Pass(2.5);
        await cover.HaltCoverAsync();
        Assert.NotEqual(CoverStatus.Moving, await cover.CoverStateAsync());
        Assert.False(await cover.CoverMovingAsync());
        foreach (var brightness in new[] { 0, 25, 100 })
        {
            await cover.CalibratorOnAsync(brightness);
            await clock.Pass(3);
            Assert.Equal(CalibratorStatus.Ready, await cover.CalibratorStateAsync());
            Assert.Equal(brightness, await cover.BrightnessAsync());
        }

        await cover.CalibratorOffAsync();
        Assert.Equal(CalibratorStatus.NotReady, await cover.CalibratorStateAsync());
        Assert.True(await cover.CalibratorChangingAsync());
        await clock.Pass(3);
        Assert.Equal(CalibratorStatus.Off, await cover.CalibratorStateAsync());
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => cover.CalibratorOnAsync(101)));
    });

    [Fact]
    public void Every_switch_follows_the_rules_of_its_kind() => Night.Run(async (observatory, clock) =>
    {
        var box = observatory.Switch;
        var count = await box.MaxSwitchAsync();
        Assert.InRange(count, 8, 100);
        foreach (var wrong in new[] { -1, count })
        {
            Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => box.GetSwitchAsync(wrong)));
            Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => box.SetSwitchAsync(wrong, true)));
            Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => box.StartSetSwitchValueAsync(wrong, 0)));
            Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => box.CancelChangeAsync(wrong)));
            Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => box.StateChangeCompleteAsync(wrong)));
        }

        for (var id = 0; id < count; id++)
        {
            var (low, high, step) = (await box.MinSwitchValueAsync(id), await box.MaxSwitchValueAsync(id), await box.SwitchStepAsync(id));
            Assert.True(low >= 0 && low < high && step > 0);
            Assert.Equal(0, Math.IEEERemainder(high - low, step), 1e-9);
            Assert.InRange(await box.GetSwitchValueAsync(id), low, high);
            if (!await box.CanWriteAsync(id))
            {
                Assert.Equal(AlpacaError.NotImplemented, await Night.ErrorOf(() => box.SetSwitchAsync(id, true)));
                continue;
            }

            await box.SetSwitchAsync(id, false);
            Assert.False(await box.GetSwitchAsync(id));
            Assert.Equal(low, await box.GetSwitchValueAsync(id));
            await box.StartSetSwitchAsync(id, true);
            await clock.Pass(1);
            Assert.True(await box.StateChangeCompleteAsync(id));
            Assert.Equal(high, await box.GetSwitchValueAsync(id));
            Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => box.SetSwitchValueAsync(id, high + 1)));
        }
    });

    [Fact]
    public void A_cancelled_change_stays_cancelled_until_the_next() => Night.Run(async (observatory, clock) =>
    {
        var box = observatory.Switch;
        await box.StartSetSwitchValueAsync(5, 100);
        Assert.False(await box.StateChangeCompleteAsync(5));
        await clock.Pass(0.2);
        await box.CancelChangeAsync(5);
        Assert.Equal(AlpacaError.OperationCancelled, await Night.ErrorOf(() => box.StateChangeCompleteAsync(5)));
        await box.SetSwitchValueAsync(5, 50);
        Assert.True(await box.StateChangeCompleteAsync(5));
    });

    [Fact]
    public void An_exposure_runs_through_its_states_and_can_be_stopped_or_aborted() => Night.Run(async (observatory, clock) =>
    {
        var camera = observatory.Cameras[0];
        Assert.Equal(AlpacaError.InvalidOperation, await Night.ErrorOf(() => camera.ImageArrayAsync()));
        Assert.Equal(AlpacaError.InvalidOperation, await Night.ErrorOf(() => camera.LastExposureDurationAsync()));
        await camera.AbortExposureAsync();
        await camera.StopExposureAsync();
        await camera.StartExposureAsync(10, true);
        Assert.Equal(CameraState.Exposing, await camera.CameraStateAsync());
        Assert.Equal(AlpacaError.InvalidOperation, await Night.ErrorOf(() => camera.StartExposureAsync(1, true)));
        await clock.Pass(5);
        Assert.Equal(50, await camera.PercentCompletedAsync());
        Assert.False(await camera.ImageReadyAsync());
        await clock.Pass(5.5);
        Assert.Equal(CameraState.Reading, await camera.CameraStateAsync());
        await clock.Pass(2);
        Assert.True(await camera.ImageReadyAsync());
        Assert.Equal(CameraState.Idle, await camera.CameraStateAsync());
        Assert.Equal(10, await camera.LastExposureDurationAsync());
        Assert.Equal("2026-11-09T10:00:00.000", await camera.LastExposureStartTimeAsync());

        await camera.StartExposureAsync(100, true);
        await clock.Pass(4);
        await camera.StopExposureAsync();
        await clock.Pass(2);
        Assert.True(await camera.ImageReadyAsync());
        Assert.Equal(4, await camera.LastExposureDurationAsync(), 0.01);

        await camera.StartExposureAsync(100, true);
        await clock.Pass(4);
        await camera.AbortExposureAsync();
        Assert.Equal(CameraState.Idle, await camera.CameraStateAsync());
        await clock.Pass(4);
        Assert.False(await camera.ImageReadyAsync());
    });

    [Fact]
    public void Subframes_that_do_not_fit_are_refused_at_every_binning() => Night.Run(async (observatory, _) =>
    {
        var camera = observatory.Cameras[0];
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => camera.StartExposureAsync(-1, true)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => camera.SetBinXAsync(0)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => camera.SetBinYAsync(5)));
        for (var bin = 1; bin <= 4; bin++)
        {
            await camera.SetBinXAsync(bin);
            Assert.Equal(bin, await camera.BinYAsync());
            var (width, height) = (1280 / bin, 960 / bin);
            foreach (var (x, y, w, h) in new[] { (0, 0, width + 1, height), (0, 0, width, height + 1), (width + 1, 0, width, height), (0, height + 1, width, height) })
            {
                await camera.SetStartXAsync(x);
                await camera.SetStartYAsync(y);
                await camera.SetNumXAsync(w);
                await camera.SetNumYAsync(h);
                Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => camera.StartExposureAsync(0.1, true)));
            }
        }
    });

    [Fact]
    public void The_cooler_reaches_its_set_point_and_no_lower_than_it_can() => Night.Run(async (observatory, clock) =>
    {
        var camera = observatory.Cameras[0];
        await camera.SetCCDSetPointAsync(-20);
        await camera.SetCoolerOnAsync(true);
        Assert.Equal(100, await camera.CoolerPowerAsync());
        await clock.Pass(600);
        Assert.Equal(-20, await camera.CCDTemperatureAsync(), 0.1);
        Assert.InRange(await camera.CoolerPowerAsync(), 10, 99);
        await camera.SetCCDSetPointAsync(-60);
        await clock.Pass(900);
        Assert.InRange(await camera.CCDTemperatureAsync(), -50, -30);
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => camera.SetCCDSetPointAsync(-280)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => camera.SetCCDSetPointAsync(101)));
    });

    [Fact]
    public void A_second_camera_looks_beside_the_first() => Night.Run(async (observatory, clock) =>
    {
        await observatory.Telescope.PointAsync(1, 20);
        var now = clock.GetUtcNow();
        Assert.Equal(60, observatory.TruePointing(now).Separation(observatory.TruePointing(now, 1)).Degrees * 60, 0.5);
    }, new SimulationOptions { Cameras = [new CameraOptions(), new CameraOptions { BoresightLeft = 60, IsOnMainTrain = false }] });
}
