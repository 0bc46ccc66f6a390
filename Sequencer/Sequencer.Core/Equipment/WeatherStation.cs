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
internal sealed class WeatherStation
{
    private const string Name = "weather station";

    /// <summary>The version of the interface that brought DeviceState.</summary>
    private const int StateVersion = 2;

    private readonly IObservingConditions _conditions;
    private readonly TimeSpan _recordInterval;
    private readonly TimeProvider _clock;
    private readonly Journal _journal;
    private readonly StateReading _state;
    private bool _hasRainSensor;
    private DateTimeOffset? _journalled;

    public WeatherStation(IObservingConditions conditions, TimeSpan recordInterval, TimeProvider clock, Journal journal)
    {
        (_conditions, _recordInterval, _clock, _journal) = (conditions, recordInterval, clock, journal);
        Link = new DeviceLink(Name, conditions, clock, journal);
        _state = new StateReading(conditions, Link, StateVersion);
    }

    public DeviceLink Link { get; }

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
        var age = await Link.CallAsync(token => _conditions.TimeSinceLastUpdateAsync("", token), cancel);
        // A negative age says that nothing has been measured yet; a value without an age may be any age.
        var measured = age >= 0 ? _clock.GetUtcNow() - TimeSpan.FromSeconds(Math.Min(age, 1e6)) : DateTimeOffset.MinValue;
        var state = await _state.ReadAsync(cancel);
        var reading = new WeatherReading(
            measured,
            await state.TryGetAsync("Temperature", _conditions.TemperatureAsync, cancel),
            await state.TryGetAsync("DewPoint", _conditions.DewPointAsync, cancel),
            await state.TryGetAsync("Humidity", _conditions.HumidityAsync, cancel),
            await state.TryGetAsync("Pressure", _conditions.PressureAsync, cancel),
            await state.TryGetAsync("WindSpeed", _conditions.WindSpeedAsync, cancel),
            await state.TryGetAsync("WindGust", _conditions.WindGustAsync, cancel),
            await state.TryGetAsync("WindDirection", _conditions.WindDirectionAsync, cancel),
            await state.TryGetAsync("CloudCover", _conditions.CloudCoverAsync, cancel),
            await state.TryGetAsync("RainRate", _conditions.RainRateAsync, cancel),
            await state.TryGetAsync("SkyTemperature", _conditions.SkyTemperatureAsync, cancel),
            await state.TryGetAsync("SkyQuality", _conditions.SkyQualityAsync, cancel));
        Record(reading);
        return reading;
    }

    private void Record(WeatherReading reading)
    {
        var now = _clock.GetUtcNow();
        if (_journalled is { } at && now - at < _recordInterval) return;
        _journalled = now;
        _journal.Write("weather", [.. reading.Fields.Where(field => field.Value is not null)]);
    }
}
