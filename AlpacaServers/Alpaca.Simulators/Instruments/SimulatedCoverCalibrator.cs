using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Instruments;

/// <summary>A cover with a lamp on its inside: closed it keeps the sky out, and with the lamp on it lights the camera evenly.</summary>
public sealed class SimulatedCoverCalibrator : DeviceBase, ICoverCalibrator
{
    private readonly CoverCalibratorOptions _options;
    private readonly Timeline<State> _state;

    internal SimulatedCoverCalibrator(DeviceIdentity identity, CoverCalibratorOptions options, TimeProvider clock)
        : base(identity, clock)
    {
        _options = options;
        var now = clock.GetUtcNow();
        _state = new(clock, new State(Travel.AtRest(options.StartsOpen ? 1 : 0, now), Travel.AtRest(0, now), IsLampOn: false));
    }

    /// <summary>Share of the sky's light that got past the cover at a time, 0 to 1.</summary>
    internal double OpennessAt(DateTimeOffset time) => _state.At(time).Cover.PositionAt(time);

    /// <summary>The lamp's light on the closed cover at a time, as a sky in magnitudes per square arcsecond; infinite when off.</summary>
    internal double LampMagnitudeAt(DateTimeOffset time)
    {
        var share = _state.At(time).Lamp.PositionAt(time) / _options.MaxBrightness * (1 - OpennessAt(time));
        return share <= 0 ? double.PositiveInfinity : _options.LampMagnitude - (2.5 * Math.Log10(share));
    }

    public ValueTask<int> BrightnessAsync(CancellationToken cancel = default)
    {
        var state = Now(out _);
        return new(state.IsLampOn ? (int)state.Lamp.To : 0);
    }

    public ValueTask<bool> CalibratorChangingAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(state.Lamp.IsMovingAt(now));
    }

    public ValueTask<CalibratorStatus> CalibratorStateAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(state.Lamp.IsMovingAt(now) ? CalibratorStatus.NotReady : state.IsLampOn ? CalibratorStatus.Ready : CalibratorStatus.Off);
    }

    public ValueTask<bool> CoverMovingAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(state.Cover.IsMovingAt(now));
    }

    public ValueTask<CoverStatus> CoverStateAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new((state.Cover.IsMovingAt(now), state.Cover.To) switch
        {
            (true, _) => CoverStatus.Moving,
            (false, 0) => CoverStatus.Closed,
            (false, 1) => CoverStatus.Open,
            _ => CoverStatus.Unknown,
        });
    }

    public ValueTask<int> MaxBrightnessAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.MaxBrightness);
    }

    public ValueTask CalibratorOffAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state with { Lamp = LampTo(state, 0, now), IsLampOn = false });
        return default;
    }

    public ValueTask CalibratorOnAsync(int brightness, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(brightness, 0, _options.MaxBrightness);
        Command((state, now) => state with { Lamp = LampTo(state, brightness, now), IsLampOn = true });
        return default;
    }

    public ValueTask CloseCoverAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state with { Cover = state.Cover.RedirectedTo(0, 1 / _options.CoverTime, now) });
        return default;
    }

    public ValueTask HaltCoverAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state.Cover.IsMovingAt(now) ? state with { Cover = state.Cover.StoppedAt(now) } : state);
        return default;
    }

    public ValueTask OpenCoverAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state with { Cover = state.Cover.RedirectedTo(1, 1 / _options.CoverTime, now) });
        return default;
    }

    /// <summary>The lamp takes the same time to become stable whatever the change, and none if nothing changes.</summary>
    private Travel LampTo(State state, double brightness, DateTimeOffset now)
    {
        var from = state.Lamp.PositionAt(now);
        return from == brightness ? Travel.AtRest(brightness, now) : new Travel(from, brightness, Math.Abs(brightness - from) / _options.LampTime, now);
    }

    private State Now(out DateTimeOffset now)
    {
        EnsureConnected();
        now = Clock.GetUtcNow();
        return _state.Current;
    }

    private void Command(Func<State, DateTimeOffset, State> command)
    {
        EnsureConnected();
        _state.Change(command);
    }

    /// <param name="Cover">0 closed, 1 open.</param>
    /// <param name="Lamp">Brightness.</param>
    /// <param name="IsLampOn">True from CalibratorOn to CalibratorOff, at brightness 0 too.</param>
    private sealed record State(Travel Cover, Travel Lamp, bool IsLampOn);
}
