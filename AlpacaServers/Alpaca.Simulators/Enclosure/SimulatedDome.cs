using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Enclosure;

/// <summary>A dome, or a roll-off roof when it has no azimuth. It starts closed; every part moves at a constant speed, and any of them moving counts as slewing.</summary>
public sealed class SimulatedDome : DeviceBase, IDome, IEnclosure
{
    private readonly DomeOptions _options;
    private readonly Timeline<DomeState> _dome;

    internal SimulatedDome(DeviceIdentity identity, DomeOptions options, TimeProvider clock)
        : base(identity, clock)
    {
        _options = options;
        var now = clock.GetUtcNow();
        _dome = new(clock, new DomeState { Azimuth = Travel.AtRest(0, now), Altitude = Travel.AtRest(0, now), Shutter = Travel.AtRest(0, now) });
    }

    double IEnclosure.OpennessTowards(double altitude, double azimuth, DateTimeOffset time)
    {
        var state = _dome.At(time);
        var shutter = state.Shutter.PositionAt(time);
        if (_options.Opening == DomeOpening.Clamshell || shutter == 0)
            return shutter;
        var aside = Math.Abs(Degrees.WrapSigned(azimuth - state.Azimuth.PositionAt(time))) * Math.Cos(Degrees.ToRadians(altitude));
        return aside > _options.SlitWidth / 2 || altitude < state.Altitude.PositionAt(time) ? 0 : shutter;
    }

    public ValueTask<bool> CanFindHomeAsync(CancellationToken cancel = default) => new(_options.HasAzimuth);

    public ValueTask<bool> CanParkAsync(CancellationToken cancel = default) => new(_options.HasAzimuth);

    public ValueTask<bool> CanSetAltitudeAsync(CancellationToken cancel = default) => new(_options.HasAzimuth);

    public ValueTask<bool> CanSetAzimuthAsync(CancellationToken cancel = default) => new(_options.HasAzimuth);

    public ValueTask<bool> CanSetParkAsync(CancellationToken cancel = default) => new(_options.HasAzimuth);

    public ValueTask<bool> CanSetShutterAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSyncAzimuthAsync(CancellationToken cancel = default) => new(_options.HasAzimuth);

    public ValueTask<double> AltitudeAsync(CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(AltitudeAsync));
        var state = Now(out var now);
        return new(state.Altitude.PositionAt(now));
    }

    public ValueTask<double> AzimuthAsync(CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(AzimuthAsync));
        var state = Now(out var now);
        return new(state.ReportedAzimuthAt(now));
    }

    public ValueTask<bool> AtHomeAsync(CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(AtHomeAsync));
        var state = Now(out var now);
        return new(state.IsHoming && !state.Azimuth.IsMovingAt(now));
    }

    public ValueTask<bool> AtParkAsync(CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(AtParkAsync));
        var state = Now(out var now);
        return new(state.IsParking && !state.Azimuth.IsMovingAt(now));
    }

    public ValueTask<ShutterState> ShutterStatusAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new((state.Shutter.IsMovingAt(now), state.Shutter.To) switch
        {
            (true, 0) => ShutterState.Closing,
            (true, _) => ShutterState.Opening,
            (false, 0) => ShutterState.Closed,
            (false, 1) => ShutterState.Open,
            _ => ShutterState.Error,
        });
    }

    public ValueTask<bool> SlavedAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(false);
    }

    public ValueTask<bool> SlewingAsync(CancellationToken cancel = default)
    {
        var state = Now(out var now);
        return new(state.SlewsAt(now));
    }

    public ValueTask AbortSlewAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state with
        {
            Azimuth = state.Azimuth.StoppedAt(now),
            Altitude = state.Altitude.StoppedAt(now),
            Shutter = state.Shutter.StoppedAt(now),
            IsHoming = state.IsHoming && !state.Azimuth.IsMovingAt(now),
            IsParking = state.IsParking && !state.Azimuth.IsMovingAt(now),
        });
        return default;
    }

    public ValueTask OpenShutterAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state with { Shutter = state.Shutter.RedirectedTo(1, 1 / _options.ShutterTime, now) });
        return default;
    }

    public ValueTask CloseShutterAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state with { Shutter = state.Shutter.RedirectedTo(0, 1 / _options.ShutterTime, now) });
        return default;
    }

    public ValueTask FindHomeAsync(CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(FindHomeAsync));
        Command((state, now) => state.TurnedTo(0, _options.AzimuthSpeed, now) with { IsHoming = true });
        return default;
    }

    public ValueTask ParkAsync(CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(ParkAsync));
        Command((state, now) => state.TurnedTo(state.ParkAzimuth, _options.AzimuthSpeed, now) with { IsParking = true });
        return default;
    }

    public ValueTask SetParkAsync(CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(SetParkAsync));
        Command((state, now) => state with { ParkAzimuth = Degrees.Wrap(state.Azimuth.PositionAt(now)) });
        return default;
    }

    public ValueTask SlewToAltitudeAsync(double altitude, CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(SlewToAltitudeAsync));
        AlpacaException.ThrowIfOutOfRange(altitude, 0, 90);
        Command((state, now) => state with { Altitude = state.Altitude.RedirectedTo(altitude, _options.AltitudeSpeed, now), IsHoming = false, IsParking = false });
        return default;
    }

    public ValueTask SlewToAzimuthAsync(double azimuth, CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(SlewToAzimuthAsync));
        CheckAzimuth(azimuth);
        Command((state, now) => state.TurnedTo(azimuth - state.AzimuthOffset, _options.AzimuthSpeed, now));
        return default;
    }

    public ValueTask SyncToAzimuthAsync(double azimuth, CancellationToken cancel = default)
    {
        EnsureAzimuth(nameof(SyncToAzimuthAsync));
        CheckAzimuth(azimuth);
        Command((state, now) => state with { AzimuthOffset = Degrees.WrapSigned(azimuth - state.Azimuth.PositionAt(now)) });
        return default;
    }

    private static void CheckAzimuth(double azimuth)
    {
        if (!(azimuth is >= 0 and < 360))
            throw AlpacaException.InvalidValue(FormattableString.Invariant($"An azimuth of {azimuth} degrees is out of range; it must be 0 up to but not including 360."));
    }

    private DomeState Now(out DateTimeOffset now)
    {
        EnsureConnected();
        now = Clock.GetUtcNow();
        return _dome.Current;
    }

    private void Command(Func<DomeState, DateTimeOffset, DomeState> command)
    {
        EnsureConnected();
        _dome.Change(command);
    }

    private void EnsureAzimuth(string member)
    {
        if (!_options.HasAzimuth)
            throw AlpacaException.NotImplemented(member);
    }
}
