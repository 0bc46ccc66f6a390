using Alpaca.Contract;
using Alpaca.Devices.Links;

namespace Alpaca.Drivers.IOptron;

/// <content>What moves the mount.</content>
internal sealed partial class MountControl
{
    public async Task SlewAsync(MountSession session, double rightAscension, double declination, CancellationToken cancel)
    {
        EnsureFree();
        if (!View.Tracking)
            throw AlpacaException.InvalidOperation("Equatorial slews need tracking on. Set Tracking to true first.");
        await EnsureStillAsync(session, cancel);
        await ResetRateAsync(session, cancel);
        await TargetAsync(session, Language.SetTarget(rightAscension, declination), cancel);
        if (options.AskPositions && Language.Dialect == Dialect.Version3)
        {
            // The question costs the CEM40 its target: it is defined again before the slew.
            if (await PositionsAsync(session, cancel) == 0)
                throw Unreachable(rightAscension, declination);
            await TargetAsync(session, Language.SetTarget(rightAscension, declination), cancel);
        }

        await StartAsync(session, Language.Slew, () => Unreachable(rightAscension, declination), Slew(rightAscension, declination), cancel);
    }

    public async Task SlewToHorizontalAsync(MountSession session, double azimuth, double altitude, CancellationToken cancel)
    {
        EnsureFree();
        if (View.Tracking)
            throw AlpacaException.InvalidOperation("Slews to altitude and azimuth need tracking off. Set Tracking to false first.");
        await EnsureStillAsync(session, cancel);
        await TargetAsync(session, Version3.SetHorizontalTarget(altitude, azimuth), cancel);
        await StartAsync(
            session,
            Version3.SlewToHorizontal,
            () => AlpacaException.InvalidOperation(FormattableString.Invariant($"The mount refuses to slew to altitude {altitude:0.00}, azimuth {azimuth:0.00} degrees: below its altitude limit ({options.Horizon} degrees), or out of its reach.")),
            new MountErrand(Errand.SlewToHorizontal, clock.GetUtcNow(), options.SlewTimeout) { Target = (azimuth, altitude), Tolerance = options.ArrivalTolerance, Settle = View.SettleTime },
            cancel);
    }

    /// <summary>Slews to where the mount points already, from the other side of the pier.</summary>
    public async Task FlipAsync(MountSession session, PierSide side, CancellationToken cancel)
    {
        EnsureFree();
        if (SideNow() == side)
            return;
        await EnsureStillAsync(session, cancel);
        await PollAsync(session, cancel);
        var position = View.Snapshot!.Position;
        await TargetAsync(session, Language.SetTarget(position.RightAscension, position.Declination), cancel);
        await StartAsync(
            session,
            position.IsCounterweightUp == true ? Language.Slew : Version3.SlewCounterweightUp,
            () => AlpacaException.InvalidOperation("The mount does not reach this position from the other side of the pier."),
            Slew(position.RightAscension, position.Declination),
            cancel);
    }

    public async Task ParkAsync(MountSession session, CancellationToken cancel)
    {
        if (View.AtPark)
            return;
        await EnsureStillAsync(session, cancel);
        var now = clock.GetUtcNow();
        if (Facts.CanParkItself)
        {
            await StartAsync(session, MountLanguage.Park, () => AlpacaException.InvalidOperation("The mount refuses to park. Its park position may be out of its reach; set another one."), new MountErrand(Errand.Park, now, options.HomeTimeout), cancel);
            return;
        }

        // Without a command to park: home, tracking off, and the driver remembers.
        await StartAsync(session, MountLanguage.GoHome, HomeRefused, new MountErrand(Errand.Home, now, options.HomeTimeout) { EndsParked = true }, cancel);
    }

    public async Task UnparkAsync(MountSession session, CancellationToken cancel)
    {
        if (!View.AtPark)
            return;
        if (Facts.CanParkItself && !await session.DoAsync(MountLanguage.Unpark, cancel))
            throw new AlpacaException(DriverError.Rejected, $"{name} refuses to unpark.");
        LatchPark(false);
        await VerifyAsync(session, status => status.State != SystemState.Parked, "to unpark and is still parked", cancel);
    }

    public async Task HomeAsync(MountSession session, bool isSearch, CancellationToken cancel)
    {
        EnsureUnparked();
        if (isSearch && !Facts.Model.HasHomeSwitch)
            throw AlpacaException.InvalidOperation($"A {Facts.Model.Name} has no home switch to search for. Use FindHome, which goes to its zero position.");
        await EnsureStillAsync(session, cancel);
        await ResetRateAsync(session, cancel);
        var errand = new MountErrand(isSearch ? Errand.HomeSearch : Errand.Home, clock.GetUtcNow(), isSearch ? options.SearchTimeout : options.HomeTimeout);
        await StartAsync(session, isSearch ? MountLanguage.SearchHome : MountLanguage.GoHome, HomeRefused, errand, cancel);
    }

    /// <summary>Stops slews and arrow motion; tracking goes on if it was on.</summary>
    public async Task AbortAsync(MountSession session, CancellationToken cancel)
    {
        if (View.AtPark)
            throw Parked();
        await StopMotionAsync(session, cancel);
        Change(view => view with { Errand = null, Failure = null });
        _positionChanges = true;
        await PollAsync(session, cancel);
    }

    /// <summary>Presses the arrow key of an axis, or lets go of it.</summary>
    /// <param name="speed">1 to 9, negative towards smaller right ascension or declination; 0 to stop.</param>
    public async Task MoveAsync(MountSession session, TelescopeAxis axis, int speed, CancellationToken cancel)
    {
        EnsureFree();
        var isPrimary = axis == TelescopeAxis.Primary;
        var other = isPrimary ? View.Arrows.Secondary : View.Arrows.Primary;
        if (speed == 0)
        {
            await ReleaseAsync(session, axis, cancel);
            return;
        }

        if (other != 0 && Math.Abs(other) != Math.Abs(speed))
            throw AlpacaException.InvalidOperation("Both axes are moved at one speed, and the other one is moving at another. Stop it first, or choose its rate.");
        if (View.Errand is not null)
            await EnsureStillAsync(session, cancel);
        var tracked = View.IsMovedByArrows ? View.TracksAfterArrows : View.Tracking;
        Demand(await session.DoAsync(MountLanguage.SelectArrowSpeed(Math.Abs(speed)), cancel), "to select an arrow speed");
        var inverted = isPrimary ? options.RaArrowInverted : options.DecArrowInverted;
        Change(view => view with
        {
            Failure = null,
            TracksAfterArrows = tracked,
            Arrows = isPrimary ? (speed, view.Arrows.Secondary) : (view.Arrows.Primary, speed),
        });
        await session.SendAsync(MountLanguage.Move(axis, towardsLarger: speed > 0 != inverted), cancel);
    }

    public async Task GuideAsync(MountSession session, GuideDirection direction, int milliseconds, CancellationToken cancel)
    {
        EnsureFree();
        if (View.Slewing)
            throw AlpacaException.InvalidOperation($"{name} is slewing. Guide once it has arrived.");
        var isPrimary = direction is GuideDirection.East or GuideDirection.West;
        if (isPrimary && Facts.IgnoresRightAscensionPulses)
            throw AlpacaException.InvalidOperation("The mount's guiding filter is on, and it ignores guide pulses in right ascension. Switch the filter off at the hand controller and connect again.");
        if (milliseconds == 0)
            return;
        var inverted = isPrimary ? options.GuideRaInverted : options.GuideDecInverted;
        var positive = direction is GuideDirection.East or GuideDirection.North != inverted;
        await session.SendAsync(Language.Guide(isPrimary ? TelescopeAxis.Primary : TelescopeAxis.Secondary, positive, milliseconds), cancel);
        var ends = clock.GetUtcNow() + TimeSpan.FromMilliseconds(milliseconds + 50);
        Change(view => view with { PulsesEnd = isPrimary ? (ends, view.PulsesEnd.Secondary) : (view.PulsesEnd.Primary, ends) });
    }

    private MountErrand Slew(double rightAscension, double declination) => new(Errand.Slew, clock.GetUtcNow(), options.SlewTimeout)
    {
        Target = (rightAscension, declination),
        Tolerance = options.ArrivalTolerance,
        Settle = View.SettleTime,
    };

    /// <summary>Sends the command that starts a motion; the completion flag stands before anybody hears that it was accepted.</summary>
    private async Task StartAsync(MountSession session, MountCommand command, Func<AlpacaException> refusal, MountErrand errand, CancellationToken cancel)
    {
        if (!await session.DoAsync(command, cancel))
            throw refusal();
        Change(view => view with { Errand = errand, Failure = null });
    }

    private static AlpacaException HomeRefused() => AlpacaException.InvalidOperation("The mount refuses to go home.");

    private AlpacaException Unreachable(double rightAscension, double declination) => AlpacaException.InvalidOperation(FormattableString.Invariant(
        $"The mount refuses to slew to {rightAscension:0.0000} h, {declination:0.000} degrees: the target is below its altitude limit ({options.Horizon} degrees), or out of its reach."));

    private static async Task TargetAsync(MountSession session, IReadOnlyList<MountCommand> commands, CancellationToken cancel)
    {
        foreach (var command in commands)
        {
            if (!await session.DoAsync(command, cancel))
                throw AlpacaException.InvalidValue($"The mount refuses these coordinates ({command.Text}).");
        }
    }

    /// <summary>How many positions reach these coordinates: 0, 1, or 2 with the counterweight up.</summary>
    public async Task<int> CountPositionsAsync(MountSession session, double rightAscension, double declination, CancellationToken cancel)
    {
        await TargetAsync(session, Language.SetTarget(rightAscension, declination), cancel);
        return await PositionsAsync(session, cancel);
    }

    /// <summary>Stops everything, whatever it was.</summary>
    public async Task StopAsync(MountSession session, CancellationToken cancel)
    {
        await StopMotionAsync(session, cancel);
        Change(view => view with { Errand = null });
    }

    private static async Task<int> PositionsAsync(MountSession session, CancellationToken cancel) =>
        await session.SendAsync(MountLanguage.NumberOfPositions, MountLanguage.ReadNumberOfPositions, cancel);

    /// <summary>A motion under way is stopped before the next one begins.</summary>
    private async Task EnsureStillAsync(MountSession session, CancellationToken cancel)
    {
        if (!View.Slewing)
            return;
        await StopMotionAsync(session, cancel);
        Change(view => view with { Errand = null });
    }

    private async Task StopMotionAsync(MountSession session, CancellationToken cancel)
    {
        foreach (var command in Language.StopAll)
            await session.DoAsync(command, cancel);
        if (!View.IsMovedByArrows)
            return;
        var tracked = View.TracksAfterArrows;
        Change(view => view with { Arrows = default });
        await session.DoAsync(MountLanguage.SetTracking(tracked), cancel);
    }

    private async Task ReleaseAsync(MountSession session, TelescopeAxis axis, CancellationToken cancel)
    {
        var isPrimary = axis == TelescopeAxis.Primary;
        if ((isPrimary ? View.Arrows.Primary : View.Arrows.Secondary) == 0)
            return;
        Demand(await session.DoAsync(Language.StopArrow(axis), cancel), "to stop");
        var left = Change(view => view with { Arrows = isPrimary ? (0, view.Arrows.Secondary) : (view.Arrows.Primary, 0) });
        if (Language.StopArrow(axis) == Version2.StopArrows && left.IsMovedByArrows)
        {
            // The old dialect stops both axes at once: the other one is set going again.
            var (otherAxis, speed) = isPrimary ? (TelescopeAxis.Secondary, left.Arrows.Secondary) : (TelescopeAxis.Primary, left.Arrows.Primary);
            var inverted = isPrimary ? options.DecArrowInverted : options.RaArrowInverted;
            await session.SendAsync(MountLanguage.Move(otherAxis, speed > 0 != inverted), cancel);
        }

        if (!left.IsMovedByArrows)
        {
            Demand(await session.DoAsync(MountLanguage.SetTracking(left.TracksAfterArrows), cancel), "to track as before");
            _positionChanges = true;
            await PollAsync(session, cancel);
        }
    }

    private void EnsureFree()
    {
        EnsureUnparked();
        if (View.Distrust is { } reason)
            throw new AlpacaException(DriverError.CalibrationNeeded, reason);
    }

    private void EnsureUnparked()
    {
        if (View.AtPark)
            throw Parked();
    }

    private AlpacaException Parked() => AlpacaException.Parked($"{name} is parked. Unpark it first.");

    private void Demand(bool accepted, string what)
    {
        if (!accepted)
            throw new AlpacaException(DriverError.Rejected, $"{name} refuses {what}.");
    }
}
