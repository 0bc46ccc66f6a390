using Alpaca.Contract;
using Alpaca.Simulators;
using Sequencer.Core.Configuration;
using Sequencer.Core.Night;

namespace Night.Tests;

/// <summary>Row 22 of the catalogue of faults: no exposure ends beyond the mount's limits, watched at the camera and with the mount's true axes.</summary>
public sealed class MountLimitNightTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1, 200, null)]
    [InlineData(3, 600, null)]
    [InlineData(4, 600, 0.0)]
    [InlineData(5, 240, 2.0)]
    [InlineData(6, 600, 5.0)]
    [InlineData(7, 180, 0.3)]
    public void No_exposure_ends_past_the_meridian_limit(int seed, int seconds, double? limit)
    {
        var late = new List<string>();
        TestNight night = null!;
        night = new TestNight
        {
            Seed = seed,
            Length = TimeSpan.FromHours(2),
            Exposure = TimeSpan.FromSeconds(seconds),
            // Crosses the meridian about 05:55 UTC.
            Single = FormattableString.Invariant($"03h{5 + seed:00}m00s +{10 + seed}d00m00s"),
            Configure = configuration => configuration with
            {
                Mount = configuration.Mount with { MeridianLimitDegrees = limit },
                Scheduler = new SchedulerOptions { Constraints = [new() { Name = "Altitude" }] },
            },
            Between = (devices, _) => WatchCamera(devices, () => night.Observatory, (past, _) =>
            {
                if (past > (limit ?? 0) + 0.1) late.Add(FormattableString.Invariant($"an exposure ends {past:0.00} deg past the meridian"));
            }),
        };
        using (night)
        {
            night.Run();

            Assert.Empty(late);
            var flip = Assert.Single(night.Events("say"), entry => entry.Text("text")!.Contains("flipping the mount", StringComparison.Ordinal));
            Assert.Contains(night.Events("exposure.end"), entry => entry.Time < flip.Time && entry.Text("kind") == "light");
            Assert.Contains(night.Events("exposure.end"), entry => entry.Time > flip.Time && entry.Text("kind") == "light");
            Assert.Empty(night.Summary.Warnings);
            Assert.True(night.Result.Ok, night.Result.Reason);
            Properties.All(night, Budget);
        }
    }

    [Theory]
    [InlineData(1, 240)]
    [InlineData(2, 600)]
    public void A_target_that_sinks_to_the_altitude_limit_is_left_in_time(int seed, int seconds)
    {
        var low = new List<string>();
        TestNight night = null!;
        night = new TestNight
        {
            Seed = seed,
            Length = TimeSpan.FromHours(2),
            Exposure = TimeSpan.FromSeconds(seconds),
            Only = "North West",
            Configure = configuration => configuration with
            {
                Mount = configuration.Mount with { AltitudeLimitDegrees = 75 },
                Scheduler = new SchedulerOptions { Constraints = [new() { Name = "Altitude" }] },
            },
            Between = (devices, _) => WatchCamera(devices, () => night.Observatory, (_, altitude) =>
            {
                if (altitude < 74.9) low.Add(FormattableString.Invariant($"an exposure begins at {altitude:0.00} deg"));
            }),
        };
        using (night)
        {
            night.Run();

            Assert.Empty(low);
            Assert.Contains(night.Events("exposure.end"), _ => true);
            Assert.Contains(night.Events("say"), entry => entry.Text("text")!.Contains("below the altitude limit of 75 deg", StringComparison.Ordinal));
            Assert.True(night.Result.Ok, night.Result.Reason);
            Properties.All(night, Budget);
        }
    }

    [Fact]
    public void A_mount_that_tracks_on_beyond_its_limit_is_stopped_in_the_exposure()
    {
        // A driver that takes the side from the hour angle: past the meridian, about 05:49 UTC, it says that the mount has turned over, and it has not.
        DateTimeOffset meridian = TestNight.Dusk.AddMinutes(79), truth = TestNight.Dusk.AddMinutes(96);
        using var night = new TestNight
        {
            Length = TimeSpan.FromHours(2),
            Exposure = TimeSpan.FromSeconds(900),
            Single = "03h05m00s +10d00m00s",
            Configure = configuration => configuration with
            {
                Mount = configuration.Mount with { MeridianLimitDegrees = 2 },
                Scheduler = new SchedulerOptions { Constraints = [new() { Name = "Altitude" }] },
            },
            Between = (devices, clock) => devices with
            {
                Telescope = Seam.On(devices.Telescope, (member, _) => member switch
                {
                    // DeviceState would tell the truth.
                    nameof(ITelescope.InterfaceVersionAsync) => new ValueTask<int>(3),
                    nameof(ITelescope.SideOfPierAsync) when clock.GetUtcNow() >= meridian && clock.GetUtcNow() < truth => new ValueTask<PierSide>(PierSide.East),
                    _ => null,
                }),
            },
        }.Run();

        var alarm = night.Events("alarm").First();
        Assert.Contains("past the meridian; the limit is 2 deg", alarm.Text("message"), StringComparison.Ordinal);
        Assert.Contains(night.Events("exposure.aborted"), entry => (entry.Time - alarm.Time).Duration() < TimeSpan.FromSeconds(5));
        Assert.True(night.Result.Ok, night.Result.Reason);
        Properties.EveryExposureEnds(night.Journal);
    }

    /// <summary>Tells, at each start of an exposure on the sky, how far past the meridian the mount will be at its end, and its altitude at its start.</summary>
    private static NightDevices WatchCamera(NightDevices devices, Func<SimulatedObservatory> observatory, Action<double, double> seen) => devices with
    {
        Cameras =
        [
            .. devices.Cameras.Select(camera => camera with
            {
                Camera = Seam.On(camera.Camera, (member, arguments) =>
                {
                    if (member != nameof(ICamera.StartExposureAsync)) return null;
                    var mount = observatory().Telescope;
                    var seconds = (double)arguments[0]!;
                    var hourAngle = (Now(mount.SiderealTimeAsync()) - Now(mount.RightAscensionAsync()) + (seconds * 1.00274 / 3600)) * 15;
                    var past = Math.IEEERemainder(hourAngle - (Now(mount.SideOfPierAsync()) == PierSide.East ? 180 : 0), 360);
                    seen(past, Now(mount.AltitudeAsync()));
                    return null;
                }),
            }),
        ],
    };

    private static T Now<T>(ValueTask<T> reading) => reading.IsCompletedSuccessfully ? reading.Result : throw new InvalidOperationException("The simulated mount answers at once.");
}
