using System.Globalization;
using Alpaca.Devices.Options;
using Alpaca.Simulators.Weather;

namespace Alpaca.Server;

/// <summary>One step of a weather script: values from a time on; what is not set is clear weather.</summary>
internal sealed record WeatherStep
{
    [Option("From when on: a UTC time.", Required = true, Example = "2026-11-21T10:30:00Z")]
    public string From { get; init; } = "";

    [Option("Clouds.", Unit = "%", Minimum = 0, Maximum = 100)]
    public double? CloudCover { get; init; }

    [Option("Rain.", Unit = "mm/h", Minimum = 0, Maximum = 20000)]
    public double? RainRate { get; init; }

    [Option("Wind.", Unit = "m/s", Minimum = 0, Maximum = 100)]
    public double? WindSpeed { get; init; }

    [Option("Humidity.", Unit = "%", Minimum = 0, Maximum = 100)]
    public double? Humidity { get; init; }

    [Option("Temperature.", Unit = "C", Minimum = -90, Maximum = 60)]
    public double? Temperature { get; init; }

    public IEnumerable<string> Validate()
    {
        if (Instant is null)
            yield return $"from: \"{From}\" is not a UTC time. Write it like 2026-11-21T10:30:00Z.";
    }

    internal (DateTimeOffset From, ScriptedWeather Weather) ToStep() =>
        (Instant!.Value, new ScriptedWeather(CloudCover, RainRate, WindSpeed, Humidity, Temperature));

    private DateTimeOffset? Instant =>
        DateTimeOffset.TryParse(From, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
