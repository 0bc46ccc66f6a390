using Alpaca.Contract;
using Sequencer.Core.Records;
using Sequencer.Safety;

namespace Sequencer.Core.Equipment;

/// <summary>Weather values at one instant; null where the station has no sensor.</summary>
/// <param name="Time">When they were measured, UTC.</param>
/// <param name="Temperature">Degrees Celsius.</param>
/// <param name="DewPoint">Degrees Celsius.</param>
/// <param name="Humidity">Percent.</param>
/// <param name="Pressure">Hectopascal at the site.</param>
/// <param name="WindSpeed">Metres per second.</param>
/// <param name="WindGust">Metres per second.</param>
/// <param name="WindDirection">Degrees from north through east.</param>
/// <param name="CloudCover">Percent.</param>
/// <param name="RainRate">Millimetres per hour.</param>
/// <param name="SkyTemperature">Degrees Celsius.</param>
/// <param name="SkyQuality">Magnitudes per square arcsecond.</param>
public sealed record WeatherReading(
    DateTimeOffset Time, double? Temperature, double? DewPoint, double? Humidity, double? Pressure, double? WindSpeed, double? WindGust, double? WindDirection,
    double? CloudCover, double? RainRate, double? SkyTemperature, double? SkyQuality)
{
    /// <summary>The values by name, as records and journal hold them.</summary>
    public IEnumerable<(string Key, object? Value)> Fields =>
    [
        ("temperature", Temperature), ("dewPoint", DewPoint), ("humidity", Humidity), ("pressure", Pressure), ("windSpeed", WindSpeed), ("windGust", WindGust),
        ("windDirection", WindDirection), ("cloudCover", CloudCover), ("rainRate", RainRate), ("skyTemperature", SkyTemperature), ("skyQuality", SkyQuality),
    ];
}

/// <summary>The weather station: values for records and headers, and, if it has a rain sensor, a source of safety.</summary>
internal sealed class WeatherStation(IObservingConditions conditions, TimeSpan recordInterval, TimeProvider clock, Journal journal)
{
    private const string Name = "weather station";

    private bool _hasRainSensor;
    private DateTimeOffset? _journalled;

    public DeviceLink Link { get; } = new(Name, conditions, clock, journal);

    public WeatherReading? Last { get; private set; }

    /// <returns>Null if the station says nothing about safety: it has no rain sensor.</returns>
    public async Task<SafetySource?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            Last = await ReadAllAsync(cancel);
        }
        catch (Exception error) when (error is DeviceLostException or AlpacaException)
        {
            return _hasRainSensor ? new SafetySource(Name, null, null, error.Message) : null;
        }
        if (Last.RainRate is not { } rain) return null;
        _hasRainSensor = true;
        return new SafetySource(Name, rain <= 0, Last.Time);
    }

    private async Task<WeatherReading> ReadAllAsync(CancellationToken cancel)
    {
        var age = await Link.CallAsync(token => conditions.TimeSinceLastUpdateAsync("", token), cancel);
        // A negative age says that nothing has been measured yet; a value without an age may be any age.
        var measured = age >= 0 ? clock.GetUtcNow() - TimeSpan.FromSeconds(Math.Min(age, 1e6)) : DateTimeOffset.MinValue;
        var reading = new WeatherReading(
            measured,
            await Link.ReadAsync(conditions.TemperatureAsync, cancel),
            await Link.ReadAsync(conditions.DewPointAsync, cancel),
            await Link.ReadAsync(conditions.HumidityAsync, cancel),
            await Link.ReadAsync(conditions.PressureAsync, cancel),
            await Link.ReadAsync(conditions.WindSpeedAsync, cancel),
            await Link.ReadAsync(conditions.WindGustAsync, cancel),
            await Link.ReadAsync(conditions.WindDirectionAsync, cancel),
            await Link.ReadAsync(conditions.CloudCoverAsync, cancel),
            await Link.ReadAsync(conditions.RainRateAsync, cancel),
            await Link.ReadAsync(conditions.SkyTemperatureAsync, cancel),
            await Link.ReadAsync(conditions.SkyQualityAsync, cancel));
        Record(reading);
        return reading;
    }

    private void Record(WeatherReading reading)
    {
        var now = clock.GetUtcNow();
        if (_journalled is { } at && now - at < recordInterval) return;
        _journalled = now;
        journal.Write("weather", [.. reading.Fields.Where(field => field.Value is not null)]);
    }
}
