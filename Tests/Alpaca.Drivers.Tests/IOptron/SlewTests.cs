using Alpaca.Contract;

namespace Alpaca.Drivers.Tests.IOptron;

/// <summary>Going somewhere and arriving.</summary>
public sealed class SlewTests
{
    public static TheoryData<string> Kinds { get; } = ["ioptron-cem40", "ioptron-cem70-ec", "ioptron-cem120", "ioptron-ieq30pro", "ioptron-cem60", "ioptron-cem25"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_slew_ends_on_its_target_tracking(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var rightAscension = await bench.AtHourAngleAsync(-2);
            await bench.Telescope.StartSlewToCoordinatesAsync(rightAscension, 10);
            Assert.True(await bench.Telescope.SlewingAsync());
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.TrackingAsync());
            Assert.Equal(rightAscension, await bench.Telescope.RightAscensionAsync(), 3);
            Assert.Equal(10, await bench.Telescope.DeclinationAsync(), 3);
            Assert.Equal(PierSide.West, await bench.Telescope.SideOfPierAsync());
            Assert.Equal(rightAscension, await bench.Telescope.TargetRightAscensionAsync());
        });
    }

    [Theory]
    [InlineData("ioptron-cem40", -3, PierSide.West)]
    [InlineData("ioptron-cem40", 3, PierSide.East)]
    [InlineData("ioptron-ieq30pro", -3, PierSide.West)]
    [InlineData("ioptron-ieq30pro", 3, PierSide.East)]
    public void The_side_of_the_pier_is_where_the_slew_was_said_to_end(string kind, double hourAngle, PierSide side)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var rightAscension = await bench.AtHourAngleAsync(hourAngle);
            Assert.Equal(side, await bench.Telescope.DestinationSideOfPierAsync(rightAscension, 20));
            await bench.Telescope.SlewToCoordinatesAsync(rightAscension, 20);
            Assert.Equal(side, await bench.Telescope.SideOfPierAsync());
        });
    }

    [Fact]
    public void A_slew_says_what_it_did_in_the_mounts_own_words()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var rightAscension = await bench.AtHourAngleAsync(-2);
            var commands = await bench.CommandsAsync(async () => await bench.Telescope.StartSlewToCoordinatesAsync(rightAscension, 10));
            Assert.Equal([":SRA", ":Sd+03600000#", ":QAP#", ":SRA", ":Sd+03600000#", ":MS1#"], commands.Select(c => c.StartsWith(":SRA", StringComparison.Ordinal) ? ":SRA" : c));
        });
    }

    [Fact]
    public void The_old_dialect_slews_without_asking_for_positions()
    {
        var bench = new MountBench("ioptron-cem60");
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var rightAscension = await bench.AtHourAngleAsync(-2);
            var commands = await bench.CommandsAsync(async () => await bench.Telescope.StartSlewToCoordinatesAsync(rightAscension, 10));
            Assert.Equal([":Sr", ":Sd+03600000#", ":MS#"], commands.Select(c => c.StartsWith(":Sr", StringComparison.Ordinal) ? ":Sr" : c));
        });
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-ieq30pro")]
    public void A_target_below_the_altitude_limit_is_refused_in_words(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var rightAscension = await bench.AtHourAngleAsync(-8);
            var refusal = await MountBench.RefusedAsync(AlpacaError.InvalidOperation, async () => await bench.Telescope.StartSlewToCoordinatesAsync(rightAscension, 0));
            Assert.Contains("altitude limit", refusal.Message, StringComparison.Ordinal);
            Assert.False(await bench.Telescope.SlewingAsync());
        });
    }

    [Fact]
    public void Altitude_and_azimuth_need_tracking_off_and_end_standing_still()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await MountBench.RefusedAsync(AlpacaError.InvalidOperation, async () => await bench.Telescope.StartSlewToAltAzAsync(120, 50));
            await bench.Telescope.SetTrackingAsync(false);
            await bench.Telescope.SlewToAltAzAsync(120, 50);
            Assert.False(await bench.Telescope.TrackingAsync());
            Assert.Equal(50, await bench.Telescope.AltitudeAsync(), 2);
            Assert.Equal(120, await bench.Telescope.AzimuthAsync(), 2);
        });
    }

    [Fact]
    public void The_old_dialect_cannot_slew_to_altitude_and_azimuth()
    {
        var bench = new MountBench("ioptron-cem60");
        bench.Run(async () =>
        {
            Assert.False(await bench.Telescope.CanSlewAltAzAsync());
            await MountBench.RefusedAsync(AlpacaError.NotImplemented, async () => await bench.Telescope.StartSlewToAltAzAsync(120, 50));
        });
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-cem60")]
    public void An_aborted_slew_stops_at_once_and_tracks_on(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.StartSlewToCoordinatesAsync(await bench.AtHourAngleAsync(-2), 10);
            await bench.WaitAsync(3);
            var before = bench.Clock.GetUtcNow();
            await bench.Telescope.AbortSlewAsync();
            Assert.True(bench.Clock.GetUtcNow() - before < TimeSpan.FromSeconds(0.5));
            Assert.False(await bench.Telescope.SlewingAsync());
            Assert.False(bench.Mount.Motion.IsSlewingAt(bench.Clock.GetUtcNow()));
            await bench.WaitAsync(5);
            Assert.True(await bench.Telescope.TrackingAsync());
        });
    }

    [Fact]
    public void A_waiting_slew_that_is_aborted_says_so()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var slew = bench.Telescope.SlewToCoordinatesAsync(await bench.AtHourAngleAsync(-2), 10).AsTask();
            await bench.WaitAsync(3);
            await bench.Telescope.AbortSlewAsync();
            await MountBench.RefusedAsync(AlpacaError.OperationCancelled, () => slew);
        });
    }

    [Fact]
    public void A_new_slew_takes_the_place_of_the_one_under_way()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.StartSlewToCoordinatesAsync(await bench.AtHourAngleAsync(-4), 10);
            await bench.WaitAsync(2);
            var rightAscension = await bench.AtHourAngleAsync(2);
            await bench.Telescope.SlewToCoordinatesAsync(rightAscension, 30);
            Assert.Equal(rightAscension, await bench.Telescope.RightAscensionAsync(), 3);
        });
    }

    [Fact]
    public void The_settling_time_counts_as_slewing()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.SetSlewSettleTimeAsync(10);
            await bench.Telescope.StartSlewToCoordinatesAsync(await bench.AtHourAngleAsync(-2), 10);
            await bench.WaitAsync(1);
            while (bench.Mount.Motion.IsSlewingAt(bench.Clock.GetUtcNow()))
                await bench.WaitAsync(0.1);
            await bench.WaitAsync(9);
            Assert.True(await bench.Telescope.SlewingAsync());
            await bench.WaitAsync(2);
            Assert.False(await bench.Telescope.SlewingAsync());
        });
    }

    [Fact]
    public void The_pier_side_can_be_chosen_where_the_options_allow_it()
    {
        var bench = new MountBench(options: o => o with { CanSetPierSide = true, Meridian = "stop 30" });
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.SlewToCoordinatesAsync(await bench.AtHourAngleAsync(0.5), 10);
            Assert.Equal(PierSide.East, await bench.Telescope.SideOfPierAsync());
            var rightAscension = await bench.Telescope.RightAscensionAsync();
            await bench.Telescope.SetSideOfPierAsync(PierSide.West);
            Assert.True(await bench.Telescope.SlewingAsync());
            await bench.ArriveAsync();
            Assert.Equal(PierSide.West, await bench.Telescope.SideOfPierAsync());
            Assert.Equal(rightAscension, await bench.Telescope.RightAscensionAsync(), 3);
        });
    }

    [Fact]
    public void The_mount_flips_by_itself_where_it_was_told_to_and_that_counts_as_slewing()
    {
        var bench = new MountBench(options: o => o with { Meridian = "flip 1" });
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.SlewToCoordinatesAsync(await bench.AtHourAngleAsync(-0.05), 10);
            Assert.Equal(PierSide.West, await bench.Telescope.SideOfPierAsync());
            var wasSlewing = false;
            for (var i = 0; i < 1200 && !wasSlewing; i++)
            {
                await bench.WaitAsync(1);
                wasSlewing = await bench.Telescope.SlewingAsync();
            }

            Assert.True(wasSlewing);
            await bench.ArriveAsync();
            Assert.Equal(PierSide.East, await bench.Telescope.SideOfPierAsync());
            Assert.True(await bench.Telescope.TrackingAsync());
        });
    }

    [Fact]
    public void Tracking_ends_at_the_meridian_limit()
    {
        var bench = new MountBench(options: o => o with { Meridian = "stop 1" });
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.SlewToCoordinatesAsync(await bench.AtHourAngleAsync(-0.05), 10);
            await bench.WaitAsync(180 + 240 - 20);
            Assert.True(await bench.Telescope.TrackingAsync());
            await bench.WaitAsync(40);
            Assert.False(await bench.Telescope.TrackingAsync());
        });
    }

    [Fact]
    public void What_is_out_of_range_is_refused_before_a_byte_is_sent()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var commands = await bench.CommandsAsync(async () =>
            {
                foreach (var (rightAscension, declination) in new[] { (24.0, 0.0), (-0.1, 0), (1, 90.1), (1, -90.1), (double.NaN, 0), (1, double.NaN) })
                    await MountBench.RefusedAsync(AlpacaError.InvalidValue, async () => await bench.Telescope.StartSlewToCoordinatesAsync(rightAscension, declination));
                await MountBench.RefusedAsync(AlpacaError.InvalidValue, async () => await bench.Telescope.PulseGuideAsync(GuideDirection.East, 100_000));
                await MountBench.RefusedAsync(AlpacaError.InvalidValue, async () => await bench.Telescope.MoveAxisAsync(TelescopeAxis.Primary, 0.123));
                await MountBench.RefusedAsync(AlpacaError.InvalidValue, async () => await bench.Telescope.SetSiteLatitudeAsync(91));
                await MountBench.RefusedAsync(AlpacaError.InvalidValue, async () => await bench.Telescope.SetRightAscensionRateAsync(0.91));
            });
            Assert.Empty(commands);
        });
    }
}
