using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators.Imaging;

/// <summary>The sensor's temperature: it falls or rises exponentially towards what the cooler, or the air, makes of it.</summary>
internal sealed class Cooler
{
    private const double TimeConstant = 40;

    private readonly double _reach;
    private readonly WeatherModel _weather;
    private readonly TimeProvider _clock;
    private readonly Timeline<State> _state;

    public Cooler(double reach, WeatherModel weather, TimeProvider clock)
    {
        (_reach, _weather, _clock) = (reach, weather, clock);
        var now = clock.GetUtcNow();
        _state = new(clock, new State(IsOn: false, SetPoint: -10, weather.At(now).Temperature, now));
    }

    public bool IsOn => _state.Current.IsOn;

    public double SetPoint => _state.Current.SetPoint;

    /// <summary>Degrees Celsius at a time.</summary>
    public double TemperatureAt(DateTimeOffset time) => Temperature(_state.At(time), time);

    /// <summary>Percent of full power now: what it takes to keep the sensor so far below the air.</summary>
    public double Power
    {
        get
        {
            var now = _clock.GetUtcNow();
            var state = _state.Current;
            if (!state.IsOn)
                return 0;
            var isStillCooling = Temperature(state, now) > state.SetPoint + 1;
            return isStillCooling ? 100 : Math.Clamp(100 * (Ambient(now) - Temperature(state, now)) / _reach, 0, 100);
        }
    }

    /// <summary>The warm side: above the air by what the cooler puts into it.</summary>
    public double HeatSinkTemperature => Ambient(_clock.GetUtcNow()) + (0.1 * Power);

    public void Switch(bool on) => _state.Change((state, now) => state with { IsOn = on, Start = Temperature(state, now), Since = now });

    public void SetTarget(double setPoint) => _state.Change((state, now) => state with { SetPoint = setPoint, Start = Temperature(state, now), Since = now });

    private double Ambient(DateTimeOffset time) => _weather.At(time).Temperature;

    private double Temperature(State state, DateTimeOffset time)
    {
        var ambient = Ambient(time);
        var target = state.IsOn ? Math.Max(state.SetPoint, ambient - _reach) : ambient;
        return target + ((state.Start - target) * Math.Exp(-Math.Max(0, (time - state.Since).TotalSeconds) / TimeConstant));
    }

    private sealed record State(bool IsOn, double SetPoint, double Start, DateTimeOffset Since);
}
