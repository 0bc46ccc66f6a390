using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Weather;

/// <summary>A weather station with every sensor, read once a second, and averaged over up to an hour when asked.</summary>
public sealed class SimulatedObservingConditions : DeviceBase, IObservingConditions
{
    private const double LongestAverage = 1;
    private const int Samples = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, string> Sensors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CloudCover"] = "Simulated cloud sensor: share of the sky that is covered, percent",
        ["DewPoint"] = "Simulated hygrometer: dew point, degrees Celsius",
        ["Humidity"] = "Simulated hygrometer: relative humidity, percent",
        ["Pressure"] = "Simulated barometer: pressure at the site, hectopascal",
        ["RainRate"] = "Simulated rain gauge, millimetres per hour",
        ["SkyBrightness"] = "Simulated light meter, lux",
        ["SkyQuality"] = "Simulated sky quality meter at the zenith, magnitudes per square arcsecond",
        ["SkyTemperature"] = "Simulated infrared thermometer, degrees Celsius",
        ["StarFWHM"] = "Simulated seeing monitor, arcseconds",
        ["Temperature"] = "Simulated thermometer, degrees Celsius",
        ["WindDirection"] = "Simulated wind vane, degrees",
        ["WindGust"] = "Simulated anemometer: strongest gust of two minutes, metres per second",
        ["WindSpeed"] = "Simulated anemometer, metres per second",
    };

    private readonly WeatherModel _weather;
    private readonly SkyGlow _glow;
    private double _averagePeriod;

    internal SimulatedObservingConditions(DeviceIdentity identity, WeatherModel weather, SkyGlow glow, TimeProvider clock)
        : base(identity, clock) => (_weather, _glow) = (weather, glow);

    public ValueTask<double> AveragePeriodAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(Volatile.Read(ref _averagePeriod));
    }

    public ValueTask SetAveragePeriodAsync(double averagePeriod, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(averagePeriod, 0, LongestAverage);
        EnsureConnected();
        Volatile.Write(ref _averagePeriod, averagePeriod);
        return default;
    }

    public ValueTask<double> CloudCoverAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).CloudCover);

    public ValueTask<double> DewPointAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).DewPoint);

    public ValueTask<double> HumidityAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).Humidity);

    public ValueTask<double> PressureAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).Pressure);

    public ValueTask<double> RainRateAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).RainRate);

    public ValueTask<double> SkyBrightnessAsync(CancellationToken cancel = default) => Mean(t => SkyGlow.ToLux(_glow.ZenithAt(t)));

    public ValueTask<double> SkyQualityAsync(CancellationToken cancel = default) => Mean(t => _glow.ZenithAt(t));

    public ValueTask<double> SkyTemperatureAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).SkyTemperature);

    public ValueTask<double> StarFWHMAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).Seeing);

    public ValueTask<double> TemperatureAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).Temperature);

    public ValueTask<double> WindDirectionAsync(CancellationToken cancel = default)
    {
        var now = LastReading();
        var weather = _weather.At(now);
        return new(weather.WindSpeed == 0 ? 0 : weather.WindDirection == 0 ? 360 : weather.WindDirection);
    }

    public ValueTask<double> WindGustAsync(CancellationToken cancel = default) => new(_weather.GustAt(LastReading()));

    public ValueTask<double> WindSpeedAsync(CancellationToken cancel = default) => Mean(t => _weather.At(t).WindSpeed);

    public ValueTask RefreshAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return default;
    }

    public ValueTask<string> SensorDescriptionAsync(string sensorName, CancellationToken cancel = default)
    {
        var description = Sensors.TryGetValue(sensorName, out var known) ? known : throw UnknownSensor(sensorName);
        EnsureConnected();
        return new(description);
    }

    public ValueTask<double> TimeSinceLastUpdateAsync(string sensorName, CancellationToken cancel = default)
    {
        if (!string.IsNullOrEmpty(sensorName) && !Sensors.ContainsKey(sensorName))
            throw UnknownSensor(sensorName);
        return new((Clock.GetUtcNow() - LastReading()).TotalSeconds);
    }

    private static AlpacaException UnknownSensor(string name) =>
        AlpacaException.InvalidValue($"There is no sensor \"{name}\". The sensors are {string.Join(", ", Sensors.Keys)}.");

    /// <summary>When the station last read its sensors: every full second.</summary>
    private DateTimeOffset LastReading()
    {
        EnsureConnected();
        var now = Clock.GetUtcNow();
        return now - TimeSpan.FromTicks(now.UtcTicks % Interval.Ticks);
    }

    private ValueTask<double> Mean(Func<DateTimeOffset, double> sensor)
    {
        var last = LastReading();
        var period = TimeSpan.FromHours(Volatile.Read(ref _averagePeriod));
        if (period == TimeSpan.Zero)
            return new(sensor(last));
        var sum = 0.0;
        for (var i = 0; i < Samples; i++)
            sum += sensor(last - (period * i / (Samples - 1)));
        return new(sum / Samples);
    }
}
