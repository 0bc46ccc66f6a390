namespace Alpaca.Simulators.Weather;

/// <summary>Weather beyond which the simulated safety monitor calls it unsafe.</summary>
public sealed record SafetyThresholds
{
    /// <summary>Percent.</summary>
    public double CloudCover { get; init; } = 60;

    /// <summary>Percent.</summary>
    public double Humidity { get; init; } = 90;

    /// <summary>Metres per second.</summary>
    public double WindSpeed { get; init; } = 14;

    /// <summary>Metres per second.</summary>
    public double WindGust { get; init; } = 21;

    /// <summary>Millimetres per hour; any more is unsafe.</summary>
    public double RainRate { get; init; }

    internal bool Allow(WeatherReading weather, double gust) =>
        weather.CloudCover <= CloudCover && weather.Humidity <= Humidity && weather.WindSpeed <= WindSpeed && gust <= WindGust && weather.RainRate <= RainRate;
}
