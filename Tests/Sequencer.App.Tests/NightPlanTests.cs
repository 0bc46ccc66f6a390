using System.Globalization;
using Alpaca.Astronomy.Clocks;
using Sequencer.App.Night;
using Sequencer.Core.Configuration;

namespace Sequencer.App.Tests;

public sealed class NightPlanTests : IDisposable
{
    private static readonly DateTimeOffset Afternoon = new(2026, 11, 21, 23, 30, 0, TimeSpan.Zero);
    private readonly string _out = Directory.CreateTempSubdirectory("night-plan-").FullName;

    public void Dispose() => Directory.Delete(_out, recursive: true);

    private NightArguments Arguments => new(null, null, null, null, 1000, 1, "clear", _out, null, [], false);

    [Fact]
    public void Tonight_begins_a_quarter_of_an_hour_before_sunset_at_the_shipped_site()
    {
        var plan = NightPlan.Make(Arguments, new ManualClock(Afternoon));
        // Sunset at Mauna Loa on 2026-11-21 is at about 17:43 local time, 03:43 UTC.
        var expected = new DateTimeOffset(2026, 11, 22, 3, 28, 0, TimeSpan.Zero);
        Assert.InRange((plan.Start - expected).TotalMinutes, -8, 8);
        Assert.Equal(Path.Combine(_out, "2026-11-21"), plan.Directory);
    }

    [Fact]
    public void A_second_night_of_the_same_date_keeps_the_first()
    {
        var first = NightPlan.Make(Arguments, new ManualClock(Afternoon));
        var second = NightPlan.Make(Arguments, new ManualClock(Afternoon));
        Assert.Equal(first.Directory + ".2", second.Directory);
    }

    [Fact]
    public void Everything_the_night_writes_goes_into_its_own_directory()
    {
        var plan = NightPlan.Make(Arguments, new ManualClock(Afternoon));
        Assert.StartsWith(plan.Directory, plan.Configuration.Directories.Images, StringComparison.Ordinal);
        Assert.StartsWith(plan.Directory, plan.Configuration.Db.Folder, StringComparison.Ordinal);
        Assert.StartsWith(plan.Directory, plan.Journal, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(plan.Configuration.Directories.Fields, plan.Configuration.Scheduler.FieldsFile)));
    }

    [Fact]
    public void An_emulated_mount_takes_the_place_of_the_simulated_one_and_the_sky_follows_it()
    {
        var plan = NightPlan.Make(Arguments with { Hardware = EmulatedHardware.Of(("telescope", "ioptron"), ("dome", null)) }, new ManualClock(Afternoon));
        var (hardware, truthPort) = Assert.Single(plan.Hardware);
        var yaml = File.ReadAllText(plan.ServerConfiguration);
        Assert.Contains($"{{type: telescope, driver: ioptron, number: 0, port: \"{plan.PortOf(hardware)}\", latitude: 19.54,", yaml, StringComparison.Ordinal);
        Assert.Contains($"follow: {{mount: \"127.0.0.1:{truthPort}\"}}", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("{type: telescope, driver: simulator", yaml, StringComparison.Ordinal);
        Assert.Contains("{type: dome, driver: simulator, number: 0}", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Hardware_that_nobody_emulates_is_refused_with_what_there_is()
    {
        var refusal = Assert.Throws<NightException>(() => EmulatedHardware.Of(("telescope", "meade")));
        Assert.Contains("ioptron-cem60", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Site_and_date_of_the_command_line_rule()
    {
        var plan = NightPlan.Make(Arguments with { Site = "-30.24, -70.74, 2700", Date = new DateOnly(2026, 6, 21) }, new ManualClock(Afternoon));
        Assert.Equal(-30.24, plan.Configuration.Location.LatitudeDegrees);
        Assert.Equal(2700, plan.Configuration.Location.ElevationMetres);
        // Midwinter sunset at Cerro Pachon, about 17:55 local (UTC-4).
        Assert.InRange(plan.Start, new DateTimeOffset(2026, 6, 21, 21, 20, 0, TimeSpan.Zero), new DateTimeOffset(2026, 6, 21, 22, 10, 0, TimeSpan.Zero));
    }

    [Fact]
    public void The_device_server_gets_the_site_the_seed_the_weather_and_a_camera_for_each_that_is_configured()
    {
        var plan = NightPlan.Make(Arguments with { Seed = 42, Weather = "rain-at 01:00" }, new ManualClock(Afternoon));
        var yaml = File.ReadAllText(plan.ServerConfiguration);
        Assert.Contains("latitude: 19.54", yaml, StringComparison.Ordinal);
        Assert.Contains("seed: 42", yaml, StringComparison.Ordinal);
        Assert.Contains("weather: \"rain-at 01:00\"", yaml, StringComparison.Ordinal);
        Assert.Equal(plan.Configuration.Cameras.Devices.Count, yaml.Split("type: camera").Length - 1);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("1")]
    [InlineData("95,0,0")]
    [InlineData("10,200,0")]
    [InlineData("10,20,99999")]
    public void A_site_that_is_none_is_refused_with_an_example(string site)
    {
        var error = Assert.Throws<NightException>(() => NightPlan.Make(Arguments with { Site = site }, new ManualClock(Afternoon)));
        Assert.Contains(site, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_without_a_night_is_refused() =>
        Assert.Contains(
            "does not set",
            Assert.Throws<NightException>(() => NightPlan.Make(Arguments with { Site = "78,15,0", Date = new DateOnly(2026, 6, 21) }, new ManualClock(Afternoon))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0.5, null, null)]
    [InlineData(1e9, null, null)]
    [InlineData(600, -1.0, null)]
    [InlineData(600, 100.0, null)]
    [InlineData(600, null, "/no/such/list.yaml")]
    public void Values_that_make_no_sense_are_refused_before_anything_starts(double rate, double? hours, string? fields) =>
        Assert.Throws<NightException>(() => (Arguments with { Rate = rate, Hours = hours, Fields = fields }).Checked());

    [Theory]
    [InlineData("2026-11-21", true)]
    [InlineData("21.11.2026", false)]
    [InlineData("2026-13-01", false)]
    public void Dates_are_written_one_way(string text, bool valid)
    {
        if (valid)
            Assert.Equal(text, NightArguments.ParseDate(text)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        else
            Assert.Contains("2026-11-21", Assert.Throws<NightException>(() => NightArguments.ParseDate(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_configuration_is_in_order() =>
        Assert.Equal("classic", ConfigurationFile.Load(Path.Combine(AppContext.BaseDirectory, "deploy", "observatory.yaml")).StateMachine);
}
