using System.Text.Json;
using Alpaca.Contract;
using Alpaca.Drivers.IOptron;

namespace Alpaca.Drivers.Tests.IOptron;

/// <summary>Tracking, rates, guiding, arrows, place, time and the actions: what is said on the wire, and what comes of it.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-ieq30pro")]
    public void Connecting_puts_the_settings_right_and_moves_nothing(string kind)
    {
        var bench = new MountBench(kind, prepare: e => e.Mount.Settings.IsSummerTime = true);
        bench.Run(() =>
        {
            var commands = bench.Mount.Log.ToArray();
            Assert.Contains(":SDS0#", commands);
            Assert.Contains(":SAL+20#", commands);
            Assert.Contains(":SMT015#", commands);
            Assert.Contains(":SR9#", commands);
            Assert.Contains(":AG#", commands);
            Assert.DoesNotContain(commands, c => c is ":MP0#" or ":ST1#" or ":ST0#" or ":MH#" || c.StartsWith(":MS", StringComparison.Ordinal));
            Assert.Equal(MountBench.Latitude, bench.Mount.Settings.Latitude, 4);
            Assert.Equal(MountBench.Longitude, bench.Mount.Settings.Longitude, 4);
            Assert.True(bench.Mount.Settings.IsNorthern);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_mount_that_tracks_the_moon_is_left_to_it_at_connection()
    {
        var bench = new MountBench(prepare: e =>
        {
            e.Mount.Motion.Lag = TimeSpan.Zero;
            e.Mount.Answer(":RT1#");
            e.Mount.Answer(":ST1#");
        });
        bench.Run(async () =>
        {
            Assert.DoesNotContain(":RT0#", bench.Mount.Log);
            Assert.Equal(DriveRate.Lunar, await bench.Telescope.TrackingRateAsync());
        });
    }

    [Fact]
    public void An_offset_of_the_right_ascension_is_a_custom_rate_and_tracking_stays_sidereal_for_clients()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var commands = await bench.CommandsAsync(async () => await bench.Telescope.SetRightAscensionRateAsync(0.0027));
            Assert.Equal([":RT4#", ":RR09973#"], commands);
            Assert.Equal(DriveRate.Sidereal, await bench.Telescope.TrackingRateAsync());
            Assert.Equal(0.0027, await bench.Telescope.RightAscensionRateAsync());
            var before = await bench.Telescope.RightAscensionAsync();
            await bench.WaitAsync(1000);
            Assert.Equal(0.0027 * 1000 * 1.0027379 / 3600, await bench.Telescope.RightAscensionAsync() - before, 5);
            await bench.Telescope.SetRightAscensionRateAsync(0);
            Assert.Equal(0, bench.Mount.Settings.Rate);
            await bench.Telescope.SetTrackingRateAsync(DriveRate.Lunar);
            Assert.Equal(0, await bench.Telescope.RightAscensionRateAsync());
            await MountBench.RefusedAsync(AlpacaError.InvalidOperation, async () => await bench.Telescope.SetRightAscensionRateAsync(0.1));
        });
    }

    [Fact]
    public void A_slew_ends_an_offset_of_the_right_ascension()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            await bench.Telescope.SetRightAscensionRateAsync(0.1);
            await bench.Telescope.SlewToCoordinatesAsync(await bench.AtHourAngleAsync(-1), 10);
            Assert.Equal(0, await bench.Telescope.RightAscensionRateAsync());
            Assert.Equal(0, bench.Mount.Settings.Rate);
        });
    }

    [Theory]
    [InlineData(DriveRate.Sidereal, 0)]
    [InlineData(DriveRate.Lunar, 1)]
    [InlineData(DriveRate.Solar, 2)]
    [InlineData(DriveRate.King, 3)]
    public void Each_tracking_rate_has_its_digit(DriveRate rate, int digit)
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.Telescope.SetTrackingRateAsync(rate);
            Assert.Equal(digit, bench.Mount.Settings.Rate);
            Assert.Equal(rate, await bench.Telescope.TrackingRateAsync());
        });
    }

    [Theory]
    [InlineData("ioptron-cem40", GuideDirection.East, ":ZS02000#")]
    [InlineData("ioptron-cem40", GuideDirection.West, ":ZQ02000#")]
    [InlineData("ioptron-cem40", GuideDirection.North, ":ZE02000#")]
    [InlineData("ioptron-cem40", GuideDirection.South, ":ZC02000#")]
    [InlineData("ioptron-cem60", GuideDirection.East, ":Me02000#")]
    [InlineData("ioptron-cem60", GuideDirection.West, ":Mw02000#")]
    [InlineData("ioptron-cem60", GuideDirection.North, ":Mn02000#")]
    [InlineData("ioptron-cem60", GuideDirection.South, ":Ms02000#")]
    public void A_guide_pulse_moves_the_telescope_its_way_for_its_time(string kind, GuideDirection direction, string command)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            await bench.WaitAsync(1);
            var (rightAscension, declination) = (await bench.Telescope.RightAscensionAsync(), await bench.Telescope.DeclinationAsync());
            Assert.Equal([command], await bench.CommandsAsync(async () => await bench.Telescope.PulseGuideAsync(direction, 2000)));
            Assert.True(await bench.Telescope.IsPulseGuidingAsync());
            await bench.WaitAsync(1.9);
            Assert.True(await bench.Telescope.IsPulseGuidingAsync());
            await bench.WaitAsync(2);
            Assert.False(await bench.Telescope.IsPulseGuidingAsync());
            var east = (await bench.Telescope.RightAscensionAsync() - rightAscension) * 15 * 3600;
            var north = (await bench.Telescope.DeclinationAsync() - declination) * 3600;
            var way = 2 * 15.0411 * 0.5;
            Assert.Equal(direction switch { GuideDirection.East => way, GuideDirection.West => -way, _ => 0 }, east, 0.3);
            Assert.Equal(direction switch { GuideDirection.North => way, GuideDirection.South => -way, _ => 0 }, north, 0.3);
        });
    }

    [Fact]
    public void A_guiding_filter_that_is_on_is_said_and_pulses_it_would_swallow_are_refused()
    {
        var bench = new MountBench("ioptron-cem70-ec", prepare: e => e.Mount.Settings.GuidingFilter = true);
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            Assert.Contains(bench.Log.Lines, l => l.Contains("guiding filter", StringComparison.Ordinal));
            await MountBench.RefusedAsync(AlpacaError.InvalidOperation, async () => await bench.Telescope.PulseGuideAsync(GuideDirection.East, 100));
            await bench.Telescope.PulseGuideAsync(GuideDirection.North, 100);
        });
    }

    [Fact]
    public void Guide_rates_are_written_as_they_are_read()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            var commands = await bench.CommandsAsync(async () => await bench.Telescope.SetGuideRateDeclinationAsync(0.8 * 15.0411 / 3600));
            Assert.Equal([":RG5080#", ":AG#"], commands);
            Assert.Equal(0.8 * 15.0411 / 3600, await bench.Telescope.GuideRateDeclinationAsync(), 9);
            Assert.Equal(0.5 * 15.0411 / 3600, await bench.Telescope.GuideRateRightAscensionAsync(), 9);
        });
        Assert.Equal(":RG080#", MountLanguage.SetGuideRates(MountLanguage.ReadGuideRates("080")).Text);
        Assert.Equal(":RG8035#", MountLanguage.SetGuideRates(MountLanguage.ReadGuideRates("8035")).Text);
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-ieq30pro")]
    public void Arrow_motion_goes_the_way_of_its_sign_and_tracking_is_as_before(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            await bench.WaitAsync(1);
            var (rightAscension, declination) = (await bench.Telescope.RightAscensionAsync(), await bench.Telescope.DeclinationAsync());
            var rate = (await bench.Telescope.AxisRatesAsync(TelescopeAxis.Primary))[4].Minimum;
            await bench.Telescope.MoveAxisAsync(TelescopeAxis.Primary, rate);
            await bench.Telescope.MoveAxisAsync(TelescopeAxis.Secondary, rate);
            Assert.True(await bench.Telescope.SlewingAsync());
            await bench.WaitAsync(4);
            await bench.Telescope.MoveAxisAsync(TelescopeAxis.Primary, 0);
            Assert.True(await bench.Telescope.SlewingAsync());
            await bench.WaitAsync(4);
            await bench.Telescope.MoveAxisAsync(TelescopeAxis.Secondary, 0);
            Assert.False(await bench.Telescope.SlewingAsync());
            Assert.True(await bench.Telescope.TrackingAsync());
            await bench.WaitAsync(1);
            Assert.InRange(((await bench.Telescope.RightAscensionAsync() - rightAscension) * 15) / (4 * rate), 0.9, 1.1);
            Assert.InRange((await bench.Telescope.DeclinationAsync() - declination) / (8 * rate), 0.9, 1.1);
        });
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Calibration_finds_out_which_arrow_keys_work_the_other_way(bool primary, bool secondary)
    {
        var bench = new MountBench(prepare: e => e.Mount.ArrowsReversed = (primary, secondary));
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            using var answer = JsonDocument.Parse(await bench.Telescope.ActionAsync("iOptron:CalibrateArrows", ""));
            Assert.Equal(primary, answer.RootElement.GetProperty("ra_arrow_inverted").GetBoolean());
            Assert.Equal(secondary, answer.RootElement.GetProperty("dec_arrow_inverted").GetBoolean());
        });
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-cem60")]
    public void A_sync_changes_what_the_mount_believes_and_not_where_it_points(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var (rightAscension, declination) = (await bench.Telescope.RightAscensionAsync(), await bench.Telescope.DeclinationAsync());
            var axes = bench.Mount.Motion.At(bench.Clock.GetUtcNow());
            await bench.Telescope.SyncToCoordinatesAsync(rightAscension + 0.02, declination - 0.3);
            Assert.Equal(rightAscension + 0.02, await bench.Telescope.RightAscensionAsync(), 3);
            Assert.Equal(declination - 0.3, await bench.Telescope.DeclinationAsync(), 3);
            Assert.Equal(axes.Secondary, bench.Mount.Motion.At(bench.Clock.GetUtcNow()).Secondary, 6);
            await bench.Telescope.StartSlewToCoordinatesAsync(await bench.AtHourAngleAsync(-1), 20);
            await MountBench.RefusedAsync(AlpacaError.InvalidOperation, async () => await bench.Telescope.SyncToCoordinatesAsync(1, 1));
        });
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-ieq30pro")]
    public void Place_and_time_read_back_as_they_were_written(string kind)
    {
        var bench = new MountBench(kind);
        bench.Run(async () =>
        {
            foreach (var (latitude, longitude) in new[] { (-31.2733333333, 149.0611111111), (52.1, -5.2000000001), (0.0, 180.0), (19.54, -155.58 + 10) })
            {
                await bench.Telescope.SetSiteLatitudeAsync(latitude);
                await bench.Telescope.SetSiteLongitudeAsync(longitude);
                Assert.Equal(latitude, await bench.Telescope.SiteLatitudeAsync());
                Assert.Equal(longitude, await bench.Telescope.SiteLongitudeAsync());
                Assert.Equal(latitude >= 0, bench.Mount.Settings.IsNorthern);
            }

            await bench.Telescope.SetUTCDateAsync(bench.Clock.GetUtcNow() + TimeSpan.FromHours(3));
            Assert.InRange((await bench.Telescope.UTCDateAsync() - bench.Clock.GetUtcNow()).TotalHours, 2.9995, 3.0005);
        });
    }

    [Theory]
    [InlineData("iOptron:SetMeridianTreatment", "flip 10", ":SMT110#")]
    [InlineData("iOptron:SetAltitudeLimit", "-5", ":SAL-05#")]
    [InlineData("iOptron:SetSlewSpeed", "7", ":MSR7#")]
    [InlineData("iOptron:PecPlayback", "on", ":SPP1#")]
    [InlineData("iOptron:PecRecord", "off", ":SPR0#")]
    [InlineData("iOptron:SetZeroPosition", "CONFIRM", ":SZP#")]
    [InlineData("iOptron:FactoryReset", "CONFIRM", ":RAS#")]
    public void An_action_is_its_command(string action, string parameters, string command)
    {
        var bench = new MountBench(prepare: e => e.Mount.IsSilentAboutPec = true);
        bench.Run(async () =>
        {
            Assert.Contains(action, await bench.Telescope.SupportedActionsAsync());
            Assert.Equal([command], await bench.CommandsAsync(async () => Assert.Equal("", await bench.Telescope.ActionAsync(action, parameters))));
            await MountBench.RefusedAsync(AlpacaError.InvalidValue, async () => await bench.Telescope.ActionAsync(action, "perhaps"));
        });
    }

    [Fact]
    public void Actions_that_read_answer_in_words_and_numbers()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            Assert.Equal("stop 15", await bench.Telescope.ActionAsync("iOptron:GetMeridianTreatment", ""));
            Assert.Equal("20", await bench.Telescope.ActionAsync("iOptron:GetAltitudeLimit", ""));
            Assert.Equal("9", await bench.Telescope.ActionAsync("iOptron:GetSlewSpeed", ""));
            Assert.Equal("", await bench.Telescope.ActionAsync("iOptron:FirmwareWarning", ""));
            Assert.Contains("\"id\":\"0040\"", await bench.Telescope.ActionAsync("iOptron:Firmware", ""), StringComparison.Ordinal);
            Assert.Contains("\"state\":1", await bench.Telescope.ActionAsync("iOptron:Status", ""), StringComparison.Ordinal);
            Assert.Contains("\"recording\":false", await bench.Telescope.ActionAsync("iOptron:PecStatus", ""), StringComparison.Ordinal);
            Assert.Equal("1", await bench.Telescope.ActionAsync("iOptron:NumberOfPositions", ""));
            var low = await bench.AtHourAngleAsync(-8);
            Assert.Equal("0", await bench.Telescope.ActionAsync("iOptron:NumberOfPositions", FormattableString.Invariant($"{{\"rightAscension\": {low}, \"declination\": 0}}")));
            await MountBench.RefusedAsync(AlpacaError.ActionNotImplemented, async () => await bench.Telescope.ActionAsync("iOptron:Raw", ":GLS#"));
            await MountBench.RefusedAsync(AlpacaError.ActionNotImplemented, async () => await bench.Telescope.ActionAsync("iOptron:Dance", ""));
        });
        var open = new MountBench(options: o => o with { AllowRawActions = true });
        open.Run(async () =>
        {
            Assert.Equal("0040", await open.Telescope.ActionAsync("iOptron:Raw", ":MountInfo#"));
            Assert.Equal("+20#", await open.Telescope.CommandStringAsync("GAL", raw: false));
            await MountBench.RefusedAsync(AlpacaError.InvalidValue, async () => await open.Telescope.ActionAsync("iOptron:Raw", ":GLS#:MH#"));
        });
    }

    [Fact]
    public void A_move_by_time_counts_as_slewing_and_stops_by_itself()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var commands = await bench.CommandsAsync(async () =>
            {
                await bench.Telescope.ActionAsync("iOptron:MoveDirection", "{\"direction\": \"north\", \"seconds\": 1.5}");
                Assert.True(await bench.Telescope.SlewingAsync());
                await bench.ArriveAsync(5);
            });
            Assert.Equal([":SR9#", ":mn#", ":qD#", ":ST1#"], commands);
        });
    }

    [Theory]
    [InlineData("170105", true)]
    [InlineData("170106", false)]
    public void Old_firmware_is_said(string date, bool isOld) => Assert.Equal(isOld, MountModel.Of("0025", Dialect.Version2).FirmwareWarning(date).Length > 0);

    [Fact]
    public void The_same_number_is_another_mount_in_the_other_dialect()
    {
        Assert.Equal(("iEQ30 Pro", "HEM27-EC"), (MountModel.Of("0030", Dialect.Version2).Name, MountModel.Of("0030", Dialect.Version3).Name));
        Assert.Equal(AlignmentMode.AltAz, MountModel.Of("5035", Dialect.Version3).Alignment);
        Assert.False(MountModel.Of("4711", Dialect.Version3).IsKnown);
    }
}
