using Alpaca.Contract;

namespace Alpaca.Simulators.Mount;

/// <content>What moves the mount or changes where it believes it points.</content>
public sealed partial class SimulatedTelescope
{
    public ValueTask SetTrackingAsync(bool tracking, CancellationToken cancel = default)
    {
        Command((state, now) => state.AtPark && tracking
            ? throw AlpacaException.Parked($"{Identity.Name} is parked and cannot track. Unpark it first.")
            : Rebased(state, now) with { Tracking = tracking, AtHome = state.AtHome && !tracking });
        return default;
    }

    public ValueTask SetTrackingRateAsync(DriveRate trackingRate, CancellationToken cancel = default)
    {
        if (!DriveRates.Contains(trackingRate))
            throw AlpacaException.InvalidValue($"There is no tracking rate {(int)trackingRate}; the rates are 0 (sidereal), 1 (lunar), 2 (solar) and 3 (King).");
        Command((state, now) => trackingRate == DriveRate.Sidereal
            ? Rebased(state, now) with { DriveRate = trackingRate }
            : Rebased(state, now) with { DriveRate = trackingRate, RightAscensionRate = 0, DeclinationRate = 0 });
        return default;
    }

    public ValueTask SetRightAscensionRateAsync(double rightAscensionRate, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(rightAscensionRate, -300, 300);
        Command((state, now) => Rebased(AtSiderealRate(state), now) with { RightAscensionRate = rightAscensionRate });
        return default;
    }

    public ValueTask SetDeclinationRateAsync(double declinationRate, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(declinationRate, -4500, 4500);
        Command((state, now) => Rebased(AtSiderealRate(state), now) with { DeclinationRate = declinationRate });
        return default;
    }

    public ValueTask StartSlewToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        CheckCoordinates(rightAscension, declination);
        StartSlew(rightAscension, declination);
        return default;
    }

    public async ValueTask SlewToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        await StartSlewToCoordinatesAsync(rightAscension, declination, cancel);
        await SlewEndsAsync(cancel);
    }

    public ValueTask StartSlewToTargetAsync(CancellationToken cancel = default)
    {
        var (rightAscension, declination) = Target();
        StartSlew(rightAscension, declination);
        return default;
    }

    public async ValueTask SlewToTargetAsync(CancellationToken cancel = default)
    {
        await StartSlewToTargetAsync(cancel);
        await SlewEndsAsync(cancel);
    }

    public ValueTask StartSlewToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default)
    {
        CheckHorizon(azimuth, altitude);
        var settle = TimeSpan.FromSeconds(ReadSettings().SettleSeconds);
        CommandUnlessParked((state, now) =>
        {
            if (state.Tracking)
                throw AlpacaException.InvalidOperation("Slews to altitude and azimuth need tracking off. Set Tracking to false first.");
            var target = state.Geometry.FromHorizon(altitude, azimuth);
            return state.SlewingTo(target, state.Geometry.SideFor(target), settle, now);
        });
        return default;
    }

    public async ValueTask SlewToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default)
    {
        await StartSlewToAltAzAsync(azimuth, altitude, cancel);
        await SlewEndsAsync(cancel);
    }

    public ValueTask SetSideOfPierAsync(PierSide sideOfPier, CancellationToken cancel = default)
    {
        EnsureGerman(nameof(SetSideOfPierAsync)[3..]);
        if (sideOfPier is not (PierSide.East or PierSide.West))
            throw AlpacaException.InvalidValue("SideOfPier can be set to 0 (pierEast) or 1 (pierWest).");
        var settle = TimeSpan.FromSeconds(ReadSettings().SettleSeconds);
        Command((state, now) =>
        {
            // On that side already, a mount has nothing to do, parked or not.
            if (!state.IsSlewingAt(now) && state.Geometry.SideOf(state.AxesAt(now) + state.EncoderOffset) == sideOfPier)
                return state;
            return state.AtPark ? throw Parked() : state.SlewingTo(state.ReportedAt(now), sideOfPier, settle, now);
        });
        return default;
    }

    public ValueTask SyncToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        CheckCoordinates(rightAscension, declination);
        Sync(rightAscension, declination);
        return default;
    }

    public ValueTask SyncToTargetAsync(CancellationToken cancel = default)
    {
        var (rightAscension, declination) = Target();
        Sync(rightAscension, declination);
        return default;
    }

    public ValueTask SyncToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default)
    {
        CheckHorizon(azimuth, altitude);
        CommandUnlessParked((state, now) => Synced(state, state.Geometry.FromHorizon(altitude, azimuth), now));
        return default;
    }

    public ValueTask AbortSlewAsync(CancellationToken cancel = default)
    {
        CommandUnlessParked((state, now) => state.IsSlewingAt(now) ? state.StoppedAt(now) : state);
        return default;
    }

    public ValueTask ParkAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state.AtPark ? state : state.SlewingTo(state.ParkPosition, SlewPurpose.Park, now));
        return default;
    }

    public ValueTask UnparkAsync(CancellationToken cancel = default)
    {
        Command((state, _) => state with { AtPark = false });
        return default;
    }

    public ValueTask SetParkAsync(CancellationToken cancel = default)
    {
        Command((state, now) => state with { ParkPosition = state.AxesAt(now) });
        return default;
    }

    public ValueTask FindHomeAsync(CancellationToken cancel = default)
    {
        CommandUnlessParked((state, now) => state.SlewingTo(default, SlewPurpose.Home, now));
        return default;
    }

    public ValueTask MoveAxisAsync(TelescopeAxis axis, double rate, CancellationToken cancel = default)
    {
        if (Checked(axis) == TelescopeAxis.Tertiary)
            throw AlpacaException.NotImplemented(nameof(MoveAxisAsync));
        AlpacaException.ThrowIfOutOfRange(rate, -_options.HighestMoveRate, _options.HighestMoveRate);
        CommandUnlessParked((state, now) =>
        {
            if (rate == 0 && !state.IsMovedByHand)
                return state;
            var free = state.Slew is null ? state : state.StoppedAt(now);
            var rates = axis == TelescopeAxis.Primary ? free.MoveRates with { Primary = rate } : free.MoveRates with { Secondary = rate };
            return free with { Axes = free.AxesAt(now), Epoch = now, MoveRates = rates, AtHome = false };
        });
        return default;
    }

    public ValueTask PulseGuideAsync(GuideDirection direction, int duration, CancellationToken cancel = default)
    {
        CheckPulse(direction, duration);
        CommandUnlessParked((state, now) => state.IsSlewingAt(now)
            ? throw AlpacaException.InvalidOperation($"{Identity.Name} is slewing. Guide once it has arrived.")
            : Guided(state, direction, duration, now));
        return default;
    }

    internal static void CheckPulse(GuideDirection direction, int duration)
    {
        if (!Enum.IsDefined(direction))
            throw AlpacaException.InvalidValue($"There is no guide direction {(int)direction}; the directions are 0 north, 1 south, 2 east, 3 west.");
        AlpacaException.ThrowIfOutOfRange(duration, 0, 600_000);
    }

    /// <summary>
    /// A relay of the guide port closes for a time. The port works whether or not a client is connected to the mount, and has no way to refuse:
    /// a mount that is parked or slewing pays no heed.
    /// </summary>
    internal void CloseGuideRelay(GuideDirection direction, int duration) => _mount.Change((before, now) =>
    {
        var state = before.AdvancedTo(now);
        return state.AtPark || state.IsSlewingAt(now) ? state : Guided(state, direction, duration, now);
    });

    /// <summary>The mount with a pulse begun; a new pulse on an axis ends the one under way on it.</summary>
    private MountState Guided(MountState state, GuideDirection direction, int duration, DateTimeOffset now)
    {
        var settings = Volatile.Read(ref _settings);
        var east = direction switch { GuideDirection.East => 1, GuideDirection.West => -1, _ => 0 } * settings.GuideRateRightAscension;
        var north = direction switch { GuideDirection.North => 1, GuideDirection.South => -1, _ => 0 } * settings.GuideRateDeclination;
        var pulse = new GuidePulse(east, north, now, now + TimeSpan.FromMilliseconds(duration));
        var isPrimary = direction is GuideDirection.East or GuideDirection.West;
        return Rebased(state, now) with { Pulses = state.Pulses.RemoveAll(p => p.East != 0 == isPrimary).Add(pulse), AtHome = false };
    }

    /// <summary>The mount written down as it is now, so that a change of rates holds from now on only; a slew goes on towards where it was going.</summary>
    private static MountState Rebased(MountState state, DateTimeOffset now) => state.Slew is null ? state with { Axes = state.AxesAt(now), Epoch = now } : state;

    private static void CheckHorizon(double azimuth, double altitude)
    {
        AlpacaException.ThrowIfOutOfRange(azimuth, 0, 360);
        AlpacaException.ThrowIfOutOfRange(altitude, -90, 90);
    }

    private static MountState AtSiderealRate(MountState state) => state.DriveRate == DriveRate.Sidereal
        ? state
        : throw AlpacaException.InvalidOperation("Rate offsets need the sidereal tracking rate. Set TrackingRate to 0 first.");

    private static MountState Synced(MountState state, HourAngleDeclination truth, DateTimeOffset now)
    {
        if (state.IsSlewingAt(now))
            throw AlpacaException.InvalidOperation("The mount is slewing. Sync once it has arrived.");
        var axes = state.AxesAt(now);
        var believed = axes + state.EncoderOffset;
        var offset = state.Geometry.ToAxes(truth, state.Geometry.SideOf(believed), believed) - axes;
        return Rebased(state, now) with { EncoderOffset = new Axes(Degrees.WrapSigned(offset.Primary), offset.Secondary) };
    }

    private (double RightAscension, double Declination) Target()
    {
        var settings = ReadSettings();
        return settings is { TargetRightAscension: { } rightAscension, TargetDeclination: { } declination }
            ? (rightAscension, declination)
            : throw AlpacaException.ValueNotSet("The target has not been set. Set TargetRightAscension and TargetDeclination first.");
    }

    private void StartSlew(double rightAscension, double declination)
    {
        var settle = TimeSpan.FromSeconds(ReadSettings().SettleSeconds);
        CommandUnlessParked((state, now) =>
        {
            EnsureTracking(state);
            var target = ToHourAngle(rightAscension, declination, now);
            return state.SlewingTo(target, state.Geometry.SideFor(target), settle, now);
        });
        Set(s => s with { TargetRightAscension = rightAscension, TargetDeclination = declination });
    }

    private void Sync(double rightAscension, double declination)
    {
        CommandUnlessParked((state, now) =>
        {
            EnsureTracking(state);
            return Synced(state, ToHourAngle(rightAscension, declination, now), now);
        });
        Set(s => s with { TargetRightAscension = rightAscension, TargetDeclination = declination });
    }

    private static void EnsureTracking(MountState state)
    {
        if (!state.Tracking)
            throw AlpacaException.InvalidOperation("Equatorial slews and syncs need tracking on. Set Tracking to true first.");
    }

    private async ValueTask SlewEndsAsync(CancellationToken cancel)
    {
        while (Now(out var time) is { Slew.Done: var done } && done > time)
            await Clock.UntilAsync(done, cancel);
    }
}
