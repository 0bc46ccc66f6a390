using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators.Instruments;

/// <summary>
/// A focuser whose best position drifts with temperature and with the filter in the light path. With compensation on it follows the temperature by itself.
/// </summary>
public sealed class SimulatedFocuser : DeviceBase, IFocuser
{
    private readonly FocuserOptions _options;
    private readonly WeatherModel _weather;
    private readonly Timeline<State> _focuser;

    internal SimulatedFocuser(DeviceIdentity identity, FocuserOptions options, WeatherModel weather, TimeProvider clock)
        : base(identity, clock)
    {
        (_options, _weather) = (options, weather);
        _focuser = new(clock, new State(Travel.AtRest(options.InitialPosition, clock.GetUtcNow()), CompensatesFrom: null));
    }

    /// <summary>How far from best focus the camera was at a time, steps, through a filter with a focus offset.</summary>
    internal double DefocusAt(DateTimeOffset time, int filterOffset)
    {
        var best = _options.BestPosition + filterOffset + (_options.StepsPerDegree * (TemperatureAt(time) - _options.ReferenceTemperature));
        return PositionAt(_focuser.At(time), time) - best;
    }

    /// <summary>Size of a step, micrometres: with the focal ratio it turns steps of defocus into a blur.</summary>
    internal double StepMicrometres => _options.StepSize;

    public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.IsAbsolute);
    }

    public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(state.Travel.IsMovingAt(now));
    }

    public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.MaxStep);
    }

    public ValueTask<int> MaxStepAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.MaxStep);
    }

    public ValueTask<int> PositionAsync(CancellationToken cancel = default)
    {
        if (!_options.IsAbsolute)
            throw AlpacaException.NotImplemented();
        var state = Now(out var now);
        return new((int)Math.Round(PositionAt(state, now)));
    }

    public ValueTask<double> StepSizeAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.StepSize);
    }

    public ValueTask<bool> TempCompAsync(CancellationToken cancel = default) => new(Now(out _).CompensatesFrom is not null);

    public ValueTask<bool> TempCompAvailableAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(true);
    }

    public ValueTask SetTempCompAsync(bool tempComp, CancellationToken cancel = default)
    {
        EnsureConnected();
        _focuser.Change((state, now) => (state.CompensatesFrom is not null) == tempComp
            ? state
            : new State(Settled(state, now), tempComp ? TemperatureAt(now) : null));
        return default;
    }

    public ValueTask<double> TemperatureAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(Math.Round(TemperatureAt(Clock.GetUtcNow()), 2));
    }

    public ValueTask HaltAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        _focuser.Change((state, now) => state.Travel.IsMovingAt(now) ? state with { Travel = state.Travel.StoppedAt(now) } : state);
        return default;
    }

    public ValueTask MoveAsync(int position, CancellationToken cancel = default)
    {
        EnsureConnected();
        _focuser.Change((state, now) =>
        {
            var from = PositionAt(state, now);
            var to = Math.Clamp(_options.IsAbsolute ? position : from + Math.Clamp(position, -_options.MaxStep, _options.MaxStep), 0, _options.MaxStep);
            return new State(new Travel(from, to, _options.Speed, now), state.CompensatesFrom is null ? null : TemperatureAt(now));
        });
        return default;
    }

    private double TemperatureAt(DateTimeOffset time) => _weather.At(time).Temperature;

    private State Now(out DateTimeOffset now)
    {
        EnsureConnected();
        now = Clock.GetUtcNow();
        return _focuser.Current;
    }

    private Travel Settled(State state, DateTimeOffset now) =>
        state.Travel.IsMovingAt(now) ? state.Travel : Travel.AtRest(PositionAt(state, now), now);

    private double PositionAt(State state, DateTimeOffset time)
    {
        var position = state.Travel.PositionAt(time);
        return state.CompensatesFrom is not { } since || state.Travel.IsMovingAt(time)
            ? position
            : Math.Clamp(position + (_options.StepsPerDegree * (TemperatureAt(time) - since)), 0, _options.MaxStep);
    }

    /// <param name="Travel">The last move.</param>
    /// <param name="CompensatesFrom">With compensation on, the temperature at which the position was right; else null.</param>
    private sealed record State(Travel Travel, double? CompensatesFrom);
}
