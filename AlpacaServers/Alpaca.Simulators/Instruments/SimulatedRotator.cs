using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Instruments;

/// <summary>
/// A rotator that turns the main camera. Its mechanical angle is counted from north through east; reversing the sense changes how sky angles
/// relate to it from the present angle on.
/// </summary>
public sealed class SimulatedRotator : DeviceBase, IRotator
{
    private readonly RotatorOptions _options;
    private readonly Timeline<State> _rotator;

    internal SimulatedRotator(DeviceIdentity identity, RotatorOptions options, TimeProvider clock)
        : base(identity, clock)
    {
        _options = options;
        _rotator = new(clock, new State(Travel.AtRest(0, clock.GetUtcNow()), SyncOffset: 0, IsReversed: false, Target: 0));
    }

    /// <summary>The mechanical angle at a time, degrees.</summary>
    internal double AngleAt(DateTimeOffset time) => _rotator.At(time).Mechanism.PositionAt(time);

    public ValueTask<bool> CanReverseAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(state.Mechanism.IsMovingAt(now));
    }

    public ValueTask<double> MechanicalPositionAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(Degrees.Wrap(state.Mechanism.PositionAt(now)));
    }

    public ValueTask<double> PositionAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(state.ToSky(state.Mechanism.PositionAt(now)));
    }

    public ValueTask<bool> ReverseAsync(CancellationToken cancel = default) => new(Now(out _).IsReversed);

    public ValueTask SetReverseAsync(bool reverse, CancellationToken cancel = default)
    {
        Command((state, now) =>
        {
            var mechanical = state.Mechanism.PositionAt(now);
            var sky = state.ToSky(mechanical);
            var turned = state with { IsReversed = reverse, SyncOffset = 0 };
            return turned with { SyncOffset = Degrees.WrapSigned(sky - turned.ToSky(mechanical)) };
        });
        return default;
    }

    public ValueTask<double> StepSizeAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.StepSize);
    }

    public ValueTask<double> TargetPositionAsync(CancellationToken cancel = default) => new(Now(out _).Target);

    public ValueTask HaltAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state.Mechanism.IsMovingAt(now) ? state with { Mechanism = state.Mechanism.StoppedAt(now) } : state);
        return default;
    }

    public ValueTask MoveAsync(double position, CancellationToken cancel = default)
    {
        if (!double.IsFinite(position))
            throw AlpacaException.InvalidValue("Position must be a finite number of degrees.");
        Command((state, now) =>
        {
            var from = state.Mechanism.PositionAt(now);
            var angle = Degrees.WrapSigned(position);
            return Turned(state, from + (state.IsReversed ? -angle : angle), Degrees.Wrap(state.ToSky(from) + angle), now);
        });
        return default;
    }

    public ValueTask MoveAbsoluteAsync(double position, CancellationToken cancel = default)
    {
        CheckAngle(position);
        Command((state, now) =>
        {
            var from = state.Mechanism.PositionAt(now);
            var angle = Degrees.WrapSigned(position - state.ToSky(from));
            return Turned(state, from + (state.IsReversed ? -angle : angle), position, now);
        });
        return default;
    }

    public ValueTask MoveMechanicalAsync(double position, CancellationToken cancel = default)
    {
        CheckAngle(position);
        Command((state, now) =>
        {
            var from = state.Mechanism.PositionAt(now);
            return Turned(state, from + Degrees.WrapSigned(position - from), state.ToSky(position), now);
        });
        return default;
    }

    public ValueTask SyncAsync(double position, CancellationToken cancel = default)
    {
        CheckAngle(position);
        Command((state, now) =>
        {
            var offset = Degrees.WrapSigned(state.SyncOffset + position - state.ToSky(state.Mechanism.PositionAt(now)));
            return state with { SyncOffset = offset, Target = position };
        });
        return default;
    }

    private static void CheckAngle(double position)
    {
        if (!(position is >= 0 and < 360))
            throw AlpacaException.InvalidValue(FormattableString.Invariant($"An angle of {position} degrees is out of range; it must be 0 up to but not including 360."));
    }

    private State Turned(State state, double to, double target, DateTimeOffset now) =>
        state with { Mechanism = state.Mechanism.RedirectedTo(to, _options.Speed, now), Target = target };

    private State Now(out DateTimeOffset now)
    {
        EnsureConnected();
        now = Clock.GetUtcNow();
        return _rotator.Current;
    }

    private void Command(Func<State, DateTimeOffset, State> command)
    {
        EnsureConnected();
        _rotator.Change(command);
    }

    private sealed record State(Travel Mechanism, double SyncOffset, bool IsReversed, double Target)
    {
        public double ToSky(double mechanical) => Degrees.Wrap((IsReversed ? -mechanical : mechanical) + SyncOffset);
    }
}
