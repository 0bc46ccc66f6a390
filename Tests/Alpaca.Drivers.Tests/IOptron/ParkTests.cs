using Alpaca.Contract;
using Alpaca.Drivers.IOptron;
using Emulators.IOptron;

namespace Alpaca.Drivers.Tests.IOptron;

/// <summary>Parking, homing, and what a parked mount refuses.</summary>
public sealed class ParkTests
{
    public static TheoryData<string> Kinds => SlewTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Park_returns_before_the_motion_ends_and_ends_parked(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await AwayAsync(bench);
            await bench.Telescope.ParkAsync();
            Assert.False(await bench.Telescope.AtParkAsync());
            Assert.True(await bench.Telescope.SlewingAsync());
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.AtParkAsync());
            Assert.False(await bench.Telescope.TrackingAsync());
            var now = bench.Clock.GetUtcNow();
            Assert.Equal(bench.Mount.Motion.At(now), bench.Mount.Motion.At(now.AddMinutes(10)));
            await bench.Telescope.ParkAsync();
            await bench.Telescope.UnparkAsync();
            Assert.False(await bench.Telescope.AtParkAsync());
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_parked_mount_refuses_to_move_before_a_byte_is_sent(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await bench.Telescope.ParkAsync();
            await bench.ArriveAsync();
            var rate = (await bench.Telescope.AxisRatesAsync(TelescopeAxis.Primary))[4].Minimum;
            var commands = await bench.CommandsAsync(async () =>
            {
                Func<Task>[] motions =
                [
                    async () => await bench.Telescope.StartSlewToCoordinatesAsync(1, 1),
                    async () => await bench.Telescope.SyncToCoordinatesAsync(1, 1),
                    async () => await bench.Telescope.FindHomeAsync(),
                    async () => await bench.Telescope.MoveAxisAsync(TelescopeAxis.Primary, rate),
                    async () => await bench.Telescope.PulseGuideAsync(GuideDirection.North, 100),
                    async () => await bench.Telescope.SetTrackingAsync(true),
                    async () => await bench.Telescope.AbortSlewAsync(),
                ];
                foreach (var motion in motions)
                    await MountBench.RefusedAsync(AlpacaError.InvalidWhileParked, motion);
            });
            Assert.Empty(commands);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Home_is_the_zero_position(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await AwayAsync(bench);
            Assert.False(await bench.Telescope.AtHomeAsync());
            await bench.Telescope.FindHomeAsync();
            Assert.False(await bench.Telescope.AtHomeAsync());
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.AtHomeAsync());
            Assert.False(await bench.Telescope.TrackingAsync());
            Assert.Equal(default, bench.Mount.Motion.At(bench.Clock.GetUtcNow()));
        });
    }

    [Fact]
    public void The_search_for_home_is_for_mounts_with_a_switch()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await AwayAsync(bench);
            await bench.Telescope.ActionAsync("ioptron:searchhome", "");
            Assert.True(await bench.Telescope.SlewingAsync());
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.AtHomeAsync());
        });
        var without = new MountBench("ioptron-ieq30pro");
        without.Run(async () => await MountBench.RefusedAsync(AlpacaError.InvalidOperation, async () => await without.Telescope.ActionAsync("iOptron:SearchHome", "")));
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-ieq30pro")]
    public void The_park_position_is_where_it_was_set(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await AwayAsync(bench);
            await bench.Telescope.SetTrackingAsync(false);
            await bench.WaitAsync(2);
            var (altitude, azimuth) = (await bench.Telescope.AltitudeAsync(), await bench.Telescope.AzimuthAsync());
            await bench.Telescope.SetParkAsync();
            await bench.Telescope.FindHomeAsync();
            await bench.ArriveAsync();
            await bench.Telescope.ParkAsync();
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.AtParkAsync());
            Assert.Equal(altitude, await bench.Telescope.AltitudeAsync(), 2);
            Assert.Equal(azimuth, await bench.Telescope.AzimuthAsync(), 2);
        });
    }

    [Fact]
    public void A_mount_without_a_park_command_goes_home_and_the_driver_remembers_through_a_restart()
    {
        var file = Path.Combine(Path.GetTempPath(), $"ioptron-{Guid.NewGuid():N}.json");
        try
        {
            var bench = new MountBench("ioptron-cem25", o => o with { StateFile = file });
            bench.Run(async () =>
            {
                Assert.False(await bench.Telescope.CanSetParkAsync());
                await AwayAsync(bench);
                var commands = await bench.CommandsAsync(async () =>
                {
                    await bench.Telescope.ParkAsync();
                    await bench.ArriveAsync();
                });
                Assert.Equal([":Q#", ":q#", ":MH#", ":ST0#"], commands.SkipWhile(c => c != ":Q#" && c != ":MH#").Count() == 2 ? [":Q#", ":q#", .. commands] : commands);
                Assert.True(await bench.Telescope.AtParkAsync());
                await bench.Telescope.SetConnectedAsync(false);
                await bench.Telescope.SetConnectedAsync(true);
                Assert.True(await bench.Telescope.AtParkAsync());
            });
            var again = new MountBench("ioptron-cem25", o => o with { StateFile = file });
            again.Run(async () =>
            {
                Assert.True(await again.Telescope.AtParkAsync());
                await again.Telescope.UnparkAsync();
                Assert.False(await again.Telescope.AtParkAsync());
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Parking_by_home_and_arrows_moves_each_axis_and_ends_standing_still()
    {
        var bench = new MountBench(options: o => o with { ParkMode = ParkMode.HomeAndMove, MinimumAltitude = -89, ParkRaSeconds = TimeSpan.FromSeconds(5), ParkDecSeconds = TimeSpan.FromSeconds(5) });
        bench.Run(async () =>
        {
            await AwayAsync(bench);
            var commands = await bench.CommandsAsync(async () =>
            {
                await bench.Telescope.ParkAsync();
                Assert.True(await bench.Telescope.SlewingAsync());
                Assert.False(await bench.Telescope.AtParkAsync());
                await bench.ArriveAsync();
            });
            Assert.Equal([":MH#", ":SR9#", ":mn#", ":qD#", ":ST0#", ":SR9#", ":mw#", ":qR#", ":ST0#", ":ST0#"], commands.SkipWhile(c => c != ":MH#"));
            Assert.True(await bench.Telescope.AtParkAsync());
            var axes = bench.Mount.Motion.At(bench.Clock.GetUtcNow());
            Assert.InRange(Math.Abs(axes.Primary), 20, 25);
            Assert.InRange(Math.Abs(axes.Secondary), 20, 25);
        });
    }

    [Fact]
    public void Parking_by_home_and_arrows_fails_if_home_is_not_reached_and_stops_the_mount()
    {
        var bench = new MountBench(options: o => o with { ParkMode = ParkMode.HomeAndMove, HomeTimeout = TimeSpan.FromSeconds(30) });
        bench.Run(async () =>
        {
            await AwayAsync(bench);
            var commands = await bench.CommandsAsync(async () =>
            {
                await bench.Telescope.ParkAsync();
                bench.Mount.Motion.Jam(true, bench.Clock.GetUtcNow());
                await bench.WaitAsync(40);
            });
            Assert.Equal([":Q#", ":qR#", ":qD#"], commands.TakeLast(3));
            var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SlewingAsync());
            Assert.Equal(0x503, failure.Number);
            Assert.False(await bench.Telescope.AtParkAsync());
        });
    }

    [Fact]
    public void A_mount_that_says_it_slews_for_ever_after_parking_is_parked_once_it_stands_still()
    {
        var bench = new MountBench(prepare: e => e.Mount.Motion.ShowsSlewingWhenParked = true);
        bench.Run(async () =>
        {
            await AwayAsync(bench);
            var commands = await bench.CommandsAsync(async () =>
            {
                await bench.Telescope.ParkAsync();
                await bench.ArriveAsync();
            });
            Assert.Equal(":ST0#", commands[^1]);
            Assert.True(await bench.Telescope.AtParkAsync());
            Assert.False(await bench.Telescope.SlewingAsync());
            await bench.Telescope.UnparkAsync();
            Assert.False(await bench.Telescope.AtParkAsync());
        });
    }

    [Fact]
    public void Parking_where_it_stands_takes_fifteen_seconds_to_believe_when_the_mount_says_it_slews()
    {
        var bench = new MountBench(prepare: e => e.Mount.Motion.ShowsSlewingWhenParked = true);
        bench.Run(async () =>
        {
            await bench.Telescope.ParkAsync();
            await bench.WaitAsync(12);
            Assert.False(await bench.Telescope.AtParkAsync());
            await bench.WaitAsync(5);
            Assert.True(await bench.Telescope.AtParkAsync());
        });
    }

    internal static async Task AwayAsync(MountBench bench)
    {
        await bench.ReadyAsync();
        await bench.Telescope.SlewToCoordinatesAsync(await bench.AtHourAngleAsync(-2), 10);
    }
}
