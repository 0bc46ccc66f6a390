using Alpaca.Astronomy;

namespace Alpaca.Simulators.Weather;

/// <summary>The weather at the site: a pure function of time, the seed and a script.</summary>
internal sealed class WeatherModel(Site site, long seed, WeatherScript script)
{
    private readonly SeededNoise _temperature = new(seed, "temperature");
    private readonly SeededNoise _humidity = new(seed, "humidity");
    private readonly SeededNoise _pressure = new(seed, "pressure");
    private readonly SeededNoise _wind = new(seed, "wind");
    private readonly SeededNoise _turbulence = new(seed, "turbulence");
    private readonly SeededNoise _direction = new(seed, "wind direction");
    private readonly SeededNoise _clouds = new(seed, "clouds");
    private readonly SeededNoise _seeing = new(seed, "seeing");

    /// <summary>What is added to UTC for the zone time that scripts are written in.</summary>
    public TimeSpan Zone { get; } = TimeSpan.FromHours(Math.Round(site.Longitude.Degrees / 15));

    public WeatherReading At(DateTimeOffset time)
    {
        var scripted = script.At(time, Zone);
        var cloud = scripted?.CloudCover ?? Math.Clamp(35 + (45 * _clouds.Smooth(time, TimeSpan.FromHours(2))) + (15 * _clouds.Smooth(time, TimeSpan.FromMinutes(17))), 0, 100);
        var rain = scripted?.RainRate ?? Math.Max(0, (cloud - 95) * 0.8);
        return new(
            scripted?.Temperature ?? Temperature(time) - (rain > 0 ? 2 : 0),
            scripted?.Humidity ?? Math.Clamp(30 + (9 * _humidity.Smooth(time, TimeSpan.FromHours(3))) + (cloud * 0.3) + (rain > 0 ? 40 : 0), 3, 99),
            Pressure(time),
            scripted?.WindSpeed ?? WindSpeed(time),
            Degrees.Wrap(70 + (40 * _direction.Smooth(time, TimeSpan.FromHours(4))) + (8 * _direction.Smooth(time, TimeSpan.FromMinutes(1)))),
            cloud,
            rain,
            Math.Clamp(2.2 + (0.5 * _seeing.Smooth(time, TimeSpan.FromMinutes(25))), 1, 5));
    }

    /// <summary>The strongest gust of the two minutes before, metres per second.</summary>
    public double GustAt(DateTimeOffset time)
    {
        var strongest = 0.0;
        for (var second = 0; second <= 120; second += 5)
        {
            var then = time - TimeSpan.FromSeconds(second);
            var speed = script.At(then, Zone)?.WindSpeed ?? WindSpeed(then);
            strongest = Math.Max(strongest, speed * (1 + (0.15 * Math.Abs(_turbulence.Smooth(then, TimeSpan.FromSeconds(5))))));
        }

        return strongest;
    }

    /// <summary>26 degrees at sea level less 6.5 per kilometre, a daily swing of 5 with its peak at 14 h, and a slow wander.</summary>
    private double Temperature(DateTimeOffset time)
    {
        var hour = (time.UtcDateTime.TimeOfDay.TotalHours + (site.Longitude.Degrees / 15)) % 24;
        return 26 - (site.Elevation * 0.0065) - (Math.Abs(site.Latitude.Degrees) * 0.1)
            + (5 * Math.Cos(2 * Math.PI * (hour - 14) / 24))
            + (1.5 * _temperature.Smooth(time, TimeSpan.FromHours(5)));
    }

    /// <summary>The standard atmosphere at the site's height and the slow passage of highs and lows.</summary>
    private double Pressure(DateTimeOffset time) =>
        (1013.25 * Math.Pow(1 - (2.25577e-5 * site.Elevation), 5.25588)) + (3 * _pressure.Smooth(time, TimeSpan.FromHours(18)));

    private double WindSpeed(DateTimeOffset time) => Math.Clamp(
        4 + (1.6 * _wind.Smooth(time, TimeSpan.FromHours(2.5))) + (0.6 * _wind.Smooth(time, TimeSpan.FromMinutes(2))),
        0,
        9);
}
