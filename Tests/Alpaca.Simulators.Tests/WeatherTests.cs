using Alpaca.Contract;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators.Tests;

public class WeatherTests
{
    private static readonly string[] Sensors =
    [
        "CloudCover", "DewPoint", "Humidity", "Pressure", "RainRate", "SkyBrightness", "SkyQuality", "SkyTemperature", "StarFWHM", "Temperature",
        "WindDirection", "WindGust", "WindSpeed",
    ];

    [Fact]
    public void Rain_at_one_makes_it_unsafe_at_one_o_clock_zone_time_and_safe_again_after_it() => Night.Run(async (observatory, clock) =>
    {
        // Hawaii keeps UTC - 10 h: one o'clock is 11:00 UTC.
        var one = new DateTimeOffset(2026, 11, 9, 11, 0, 0, TimeSpan.Zero);
        await clock.Pass((one - clock.GetUtcNow()).TotalSeconds - 1);
        Assert.True(await observatory.SafetyMonitor.IsSafeAsync());
        Assert.Equal(0, await observatory.ObservingConditions.RainRateAsync());
        await clock.Pass(1);
        Assert.False(await observatory.SafetyMonitor.IsSafeAsync());
        Assert.True(await observatory.ObservingConditions.RainRateAsync() > 0);
        Assert.Equal(100, await observatory.ObservingConditions.CloudCoverAsync());
        await clock.Pass(1799);
        Assert.False(await observatory.SafetyMonitor.IsSafeAsync());
        await clock.Pass(400);
        Assert.True(await observatory.SafetyMonitor.IsSafeAsync());
    }, new SimulationOptions { Weather = WeatherScript.Parse("rain-at 01:00") });

    [Fact]
    public void Flapping_weather_changes_every_twenty_seconds_around_midnight_only() => Night.Run(async (observatory, clock) =>
    {
        await clock.Pass(1);
        var seen = new List<bool>();
        for (var i = 0; i < 6; i++, await clock.Pass(20))
            seen.Add(await observatory.SafetyMonitor.IsSafeAsync());
        Assert.Equal([false, true, false, true, false, true], seen);
        await clock.Pass(1800);
        for (var i = 0; i < 6; i++, await clock.Pass(20))
            Assert.True(await observatory.SafetyMonitor.IsSafeAsync());
    }, new SimulationOptions { Weather = WeatherScript.Parse("flapping") });

    [Fact]
    public void A_disconnected_monitor_is_not_safe() => Night.Run(async (observatory, _) =>
    {
        Assert.True(await observatory.SafetyMonitor.IsSafeAsync());
        await observatory.SafetyMonitor.SetConnectedAsync(false);
        Assert.False(await observatory.SafetyMonitor.IsSafeAsync());
    });

    [Fact]
    public void A_script_of_steps_holds_each_value_until_the_next() => Night.Run(async (observatory, clock) =>
    {
        await clock.Pass(10);
        Assert.Equal(12.5, await observatory.ObservingConditions.CloudCoverAsync());
        Assert.Equal(20, await observatory.ObservingConditions.WindSpeedAsync());
        Assert.False(await observatory.SafetyMonitor.IsSafeAsync());
        await clock.Pass(60);
        Assert.Equal(0, await observatory.ObservingConditions.CloudCoverAsync());
    }, new SimulationOptions
    {
        Weather = WeatherScript.Steps([(Night.Midnight.AddSeconds(60), new ScriptedWeather()), (Night.Midnight, new ScriptedWeather(CloudCover: 12.5, WindSpeed: 20))]),
    });

    [Theory]
    [InlineData("storm")]
    [InlineData("rain-at")]
    [InlineData("rain-at 25:00")]
    public void A_weather_that_is_not_one_is_refused_with_what_would_be(string text) =>
        Assert.Matches("clear, changeable|as in: rain-at", Assert.Throws<FormatException>(() => WeatherScript.Parse(text)).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_sensor_stays_in_its_range_through_a_changeable_day(long seed) => Night.Run(async (observatory, clock) =>
    {
        var station = observatory.ObservingConditions;
        for (var hour = 0; hour < 24; hour++, await clock.Pass(3600))
        {
            Assert.InRange(await station.CloudCoverAsync(), 0, 100);
            Assert.InRange(await station.HumidityAsync(), 1, 100);
            Assert.InRange(await station.TemperatureAsync(), -30, 30);
            Assert.True(await station.DewPointAsync() <= await station.TemperatureAsync());
            Assert.InRange(await station.PressureAsync(), 640, 700);
            Assert.InRange(await station.WindDirectionAsync(), 0, 360);
            Assert.True(await station.WindGustAsync() >= await station.WindSpeedAsync());
            Assert.InRange(await station.SkyQualityAsync(), 2, 23);
            Assert.InRange(await station.SkyBrightnessAsync(), 0, 200_000);
            Assert.InRange(await station.RainRateAsync(), 0, 10);
            Assert.InRange(await station.StarFWHMAsync(), 1, 5);
        }
    }, new SimulationOptions { Seed = seed, Weather = WeatherScript.Changeable });

    [Fact]
    public void The_sky_is_darkest_without_the_Moon_and_bright_by_day() => Night.Run(async (observatory, clock) =>
    {
        var dark = await observatory.ObservingConditions.SkyQualityAsync();
        Assert.InRange(dark, 21, 22);

        // A fortnight later the full Moon is up at midnight.
        await clock.Pass(15.5 * 3600);
        Assert.InRange(await observatory.ObservingConditions.SkyQualityAsync(), 2, 5);
    });

    [Fact]
    public void The_full_Moon_lights_the_sky() => Night.Run(
        async (observatory, _) => Assert.InRange(await observatory.ObservingConditions.SkyQualityAsync(), 16.5, 19),
        at: new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void All_sensors_are_there_with_description_and_age() => Night.Run(async (observatory, _) =>
    {
        var station = observatory.ObservingConditions;
        foreach (var sensor in Sensors)
        {
            Assert.NotEmpty(await station.SensorDescriptionAsync(sensor));
            Assert.NotEmpty(await station.SensorDescriptionAsync(sensor.ToLowerInvariant()));
            Assert.InRange(await station.TimeSinceLastUpdateAsync(sensor), 0, 1);
        }

        Assert.InRange(await station.TimeSinceLastUpdateAsync(""), 0, 1);
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => station.SensorDescriptionAsync("Tides")));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => station.SetAveragePeriodAsync(-2)));
        await station.SetAveragePeriodAsync(0.5);
        Assert.Equal(0.5, await station.AveragePeriodAsync());
        await station.SetAveragePeriodAsync(0);
    });
}
