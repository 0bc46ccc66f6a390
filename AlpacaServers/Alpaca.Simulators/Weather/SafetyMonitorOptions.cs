using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Weather;

/// <summary>The simulated safety monitor: the weather beyond which it calls it unsafe.</summary>
public sealed record SafetyMonitorOptions : DeviceOptions
{
    [Option("Clouds beyond this are unsafe.", Unit = "%", Minimum = 0, Maximum = 100)]
    public double CloudCover { get; init; } = 60;

    [Option("Humidity beyond this is unsafe.", Unit = "%", Minimum = 0, Maximum = 100)]
    public double Humidity { get; init; } = 90;

    [Option("Wind beyond this is unsafe.", Unit = "m/s", Minimum = 0)]
    public double WindSpeed { get; init; } = 14;

    [Option("Gusts beyond this are unsafe.", Unit = "m/s", Minimum = 0)]
    public double WindGust { get; init; } = 21;

    [Option("Rain beyond this is unsafe.", Unit = "mm/h", Minimum = 0)]
    public double RainRate { get; init; }

    internal bool Allow(WeatherReading weather, double gust) =>
        weather.CloudCover <= CloudCover && weather.Humidity <= Humidity && weather.WindSpeed <= WindSpeed && gust <= WindGust && weather.RainRate <= RainRate;
}
