using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Weather;

/// <summary>Judges the simulated weather by thresholds; unsafe while disconnected.</summary>
public sealed class SimulatedSafetyMonitor : DeviceBase, ISafetyMonitor
{
    private readonly SafetyMonitorOptions _thresholds;
    private readonly WeatherModel _weather;

    internal SimulatedSafetyMonitor(DeviceIdentity identity, SafetyMonitorOptions options, WeatherModel weather, TimeProvider clock)
        : base(identity, clock) => (_thresholds, _weather) = (options, weather);

    public ValueTask<bool> IsSafeAsync(CancellationToken cancel = default)
    {
        if (!IsConnected)
            return new(false);
        var now = Clock.GetUtcNow();
        return new(_thresholds.Allow(_weather.At(now), _weather.GustAt(now)));
    }
}
