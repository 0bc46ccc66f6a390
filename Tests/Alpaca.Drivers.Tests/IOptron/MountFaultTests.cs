using Alpaca.Contract;

namespace Alpaca.Drivers.Tests.IOptron;

/// <summary>What can break in the mount itself (the catalogue's rows 19 to 24).</summary>
public sealed class MountFaultTests
{
    public static TheoryData<int> Seeds => LinkFaultTests.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_slew_that_never_ends_is_stopped_and_reported(int seed)
    {
        var bench = new MountBench(seed % 2 == 0 ? "ioptron-cem40" : "ioptron-ieq30pro", o => o with { SlewTimeout = TimeSpan.FromSeconds(60) });
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            var chance = new Random(seed);
            await bench.Telescope.StartSlewToCoordinatesAsync(await bench.AtHourAngleAsync(-3 + (2 * chance.NextDouble())), 10);
            await bench.WaitAsync(0.4 + (3 * chance.NextDouble()));
            bench.Emulator.Change(() => bench.Mount.Motion.Jam(true, bench.Clock.GetUtcNow()));
            var commands = await bench.CommandsAsync(() => bench.WaitAsync(65));
            Assert.Contains(":Q#", commands);
            var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SlewingAsync());
            Assert.Equal(0x503, failure.Number);

            // The failure stays until the next motion begins.
            await bench.WaitAsync(60);
            await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SlewingAsync());
            bench.Emulator.Change(() => bench.Mount.Motion.Jam(false, bench.Clock.GetUtcNow()));
            await bench.Telescope.ParkAsync();
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.AtParkAsync());
        });
    }

    [Fact]
    public void A_slew_stopped_at_the_hand_controller_did_not_arrive()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.StartSlewToCoordinatesAsync(await bench.AtHourAngleAsync(-2), 10);
            await bench.WaitAsync(4);
            bench.Emulator.Change(() => bench.Mount.Motion.StopSlew(bench.Clock.GetUtcNow()));
            await bench.WaitAsync(4);
            var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SlewingAsync());
            Assert.Equal(0x503, failure.Number);
            Assert.Contains("degrees away", failure.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_park_that_ends_elsewhere_is_not_parked()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            await bench.Telescope.ParkAsync();
            await bench.WaitAsync(3);
            bench.Emulator.Change(() => bench.Mount.Motion.StopSlew(bench.Clock.GetUtcNow()));
            await bench.WaitAsync(10);
            Assert.False(await bench.Telescope.AtParkAsync());
            Assert.Equal(0x503, (await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SlewingAsync())).Number);
        });
    }

    [Fact]
    public void A_mount_that_goes_on_tracking_when_told_to_stop_is_found_out()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            bench.Mount.IgnoresTrackingOff = true;
            var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SetTrackingAsync(false));
            Assert.Equal(0x502, failure.Number);
            Assert.True(await bench.Telescope.TrackingAsync());
        });
    }

    [Theory]
    [InlineData("ioptron-cem40", 3600)]
    [InlineData("ioptron-cem40", -40)]
    [InlineData("ioptron-iEQ30Pro", 3600)]
    public void A_clock_that_is_wrong_is_set_at_connection(string kind, double seconds)
    {
        var bench = new MountBench(kind.ToLowerInvariant(), prepare: e => e.Mount.Settings.ClockError = TimeSpan.FromSeconds(seconds));
        bench.Run(async () =>
        {
            Assert.InRange(bench.Mount.Settings.ClockError.Duration().TotalSeconds, 0, 1);
            Assert.InRange((await bench.Telescope.UTCDateAsync() - bench.Clock.GetUtcNow()).Duration().TotalSeconds, 0, 1);
        });
    }

    [Fact]
    public void A_clock_that_may_not_be_set_is_shown_as_it_is()
    {
        var bench = new MountBench(options: o => o with { SetTime = false }, prepare: e => e.Mount.Settings.ClockError = TimeSpan.FromHours(1));
        bench.Run(async () => Assert.InRange((await bench.Telescope.UTCDateAsync() - bench.Clock.GetUtcNow()).TotalSeconds, 3599, 3601));
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-ieq30pro")]
    public void The_clock_steps_with_ours_and_is_compared_every_minute(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            bench.Emulator.Change(() => bench.Mount.Settings.ClockError += TimeSpan.FromSeconds(30));
            await bench.WaitAsync(70);
            Assert.InRange((await bench.Telescope.UTCDateAsync() - bench.Clock.GetUtcNow()).TotalSeconds, 28.5, 31.5);
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_position_that_jumps_is_not_believed_until_the_mount_was_homed(int seed)
    {
        var bench = new MountBench(seed % 2 == 0 ? "ioptron-cem40" : "ioptron-cem60");
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var chance = new Random(seed);
            await bench.WaitAsync(chance.NextDouble());
            bench.Emulator.Change(() => bench.Mount.LosePosition(60 + (100 * chance.NextDouble())));
            var commands = await bench.CommandsAsync(() => bench.WaitAsync(4));
            Assert.Contains(":Q#", commands);
            var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.RightAscensionAsync());
            Assert.Equal(0x509, failure.Number);
            Assert.Equal(0x509, (await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.StartSlewToCoordinatesAsync(1, 1))).Number);
            await bench.Telescope.FindHomeAsync();
            await bench.ArriveAsync();
            await bench.Telescope.RightAscensionAsync();
        });
    }

    [Fact]
    public void One_wrong_reading_is_thrown_away()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var altitude = await bench.Telescope.AltitudeAsync();
            bench.Emulator.Change(() => bench.Mount.MisreadHorizontal = 1);
            for (var i = 0; i < 20; i++)
            {
                await bench.WaitAsync(0.25);
                Assert.Equal(altitude, await bench.Telescope.AltitudeAsync(), 0);
            }
        });
    }

    [Fact]
    public void Arrow_motion_is_stopped_at_the_lowest_altitude()
    {
        var bench = new MountBench(options: o => o with { MinimumAltitude = 15 });
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.SlewToCoordinatesAsync(await bench.AtHourAngleAsync(-3.5), 0);
            var fastest = (await bench.Telescope.AxisRatesAsync(TelescopeAxis.Primary))[7].Minimum;
            await bench.Telescope.MoveAxisAsync(TelescopeAxis.Primary, fastest);
            await bench.WaitAsync(60);
            Assert.InRange(await bench.Telescope.AltitudeAsync(), 10, 15.5);
            await MountBench.RefusedAsync(AlpacaError.InvalidOperation, async () => await bench.Telescope.SlewingAsync());
            await bench.Telescope.MoveAxisAsync(TelescopeAxis.Primary, -fastest);
            await bench.WaitAsync(3);
            await bench.Telescope.MoveAxisAsync(TelescopeAxis.Primary, 0);
            Assert.False(await bench.Telescope.SlewingAsync());
        });
    }

    [Fact]
    public void A_state_of_unknown_meaning_changes_nothing_and_is_said_once()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            bench.Emulator.Change(() => bench.Mount.UnknownState = true);
            await bench.WaitAsync(5);
            Assert.True(await bench.Telescope.TrackingAsync());
            Assert.False(await bench.Telescope.SlewingAsync());
            Assert.Single(bench.Log.Lines, l => l.Contains("unknown meaning", StringComparison.Ordinal));
        });
    }
}
