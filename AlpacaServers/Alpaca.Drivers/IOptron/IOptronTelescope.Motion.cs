using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <content>What moves the mount.</content>
internal sealed partial class IOptronTelescope
{
    public async ValueTask StartSlewToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        CheckCoordinates(rightAscension, declination);
        await StartSlewAsync(rightAscension, declination, cancel);
    }

    public async ValueTask SlewToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        await StartSlewToCoordinatesAsync(rightAscension, declination, cancel);
        await ArriveAsync(cancel);
    }

    public async ValueTask StartSlewToTargetAsync(CancellationToken cancel = default)
    {
        var (rightAscension, declination) = Target();
        await StartSlewAsync(rightAscension, declination, cancel);
    }

    public async ValueTask SlewToTargetAsync(CancellationToken cancel = default)
    {
        await StartSlewToTargetAsync(cancel);
        await ArriveAsync(cancel);
    }

    public async ValueTask StartSlewToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default)
    {
        EnsureHorizontalSlews();
        AlpacaException.ThrowIfOutOfRange(azimuth, 0, 360);
        AlpacaException.ThrowIfOutOfRange(altitude, -90, 90);
        await MoveDoAsync("the slew", (session, c) => _control.SlewToHorizontalAsync(session, azimuth, altitude, c), cancel);
    }

    public async ValueTask SlewToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default)
    {
        await StartSlewToAltAzAsync(azimuth, altitude, cancel);
        await ArriveAsync(cancel);
    }

    public async ValueTask SetSideOfPierAsync(PierSide sideOfPier, CancellationToken cancel = default)
    {
        if (!CanSetPierSide)
            throw AlpacaException.NotImplemented("SideOfPier");
        if (sideOfPier is not (PierSide.East or PierSide.West))
            throw AlpacaException.InvalidValue("SideOfPier can be set to 0 (pierEast) or 1 (pierWest).");
        await MoveDoAsync("the flip", (session, c) => _control.FlipAsync(session, sideOfPier, c), cancel);
    }

    public async ValueTask SyncToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        CheckCoordinates(rightAscension, declination);
        await SyncAsync(rightAscension, declination, cancel);
    }

    public async ValueTask SyncToTargetAsync(CancellationToken cancel = default)
    {
        var (rightAscension, declination) = Target();
        await SyncAsync(rightAscension, declination, cancel);
    }

    public async ValueTask AbortSlewAsync(CancellationToken cancel = default)
    {
        if (View.AtPark)
            throw AlpacaException.Parked($"{Identity.Name} is parked. Nothing moves.");
        _script.Cancel();
        await AbortAsync("AbortSlew", async (session, c) => await _control.AbortAsync(session, c), cancel);
    }

    public async ValueTask ParkAsync(CancellationToken cancel = default)
    {
        if (View.AtPark)
            return;
        if (_options.ParkMode == ParkMode.HomeAndMove)
            await StartScriptAsync(ParkByHomeAsync, cancel);
        else
            await MoveDoAsync("parking", _control.ParkAsync, cancel);
    }

    public async ValueTask UnparkAsync(CancellationToken cancel = default) => await MoveDoAsync("unparking", _control.UnparkAsync, cancel);

    public async ValueTask FindHomeAsync(CancellationToken cancel = default) => await MoveDoAsync("the way home", (session, c) => _control.HomeAsync(session, isSearch: false, c), cancel);

    public async ValueTask MoveAxisAsync(TelescopeAxis axis, double rate, CancellationToken cancel = default)
    {
        if (Checked(axis) == TelescopeAxis.Tertiary)
            throw AlpacaException.NotImplemented(nameof(MoveAxisAsync));
        var rates = Facts.ArrowRates;
        var speed = 0;
        if (rate != 0)
        {
            // Clients get the rates as decimal text and send them back as such.
            speed = 1 + rates.ToList().FindIndex(r => Math.Abs(Math.Abs(rate) - r) < 1e-4 * r);
            if (speed == 0)
                throw AlpacaException.InvalidValue(FormattableString.Invariant($"This mount does not move at {rate} degrees per second; AxisRates lists its {rates.Count} speeds."));
        }

        await MoveDoAsync("MoveAxis", (session, c) => _control.MoveAsync(session, axis, rate < 0 ? -speed : speed, c), cancel);
    }

    public async ValueTask PulseGuideAsync(GuideDirection direction, int duration, CancellationToken cancel = default)
    {
        if (!Enum.IsDefined(direction))
            throw AlpacaException.InvalidValue($"There is no guide direction {(int)direction}; the directions are 0 north, 1 south, 2 east, 3 west.");
        var longest = Facts.Language.LongestPulse;
        if (duration < 0 || duration > longest)
            throw AlpacaException.InvalidValue(FormattableString.Invariant($"A guide pulse of {duration} ms is out of range; it must be 0 to {longest}."));
        await DoAsync("PulseGuide", async (session, c) => await _control.GuideAsync(session, direction, duration, c), cancel);
    }

    private async ValueTask StartSlewAsync(double rightAscension, double declination, CancellationToken cancel)
    {
        EnsureConnected();
        _control.Change(view => view with { TargetRightAscension = rightAscension, TargetDeclination = declination });
        await MoveDoAsync("the slew", (session, c) => _control.SlewAsync(session, rightAscension, declination, c), cancel);
    }

    private async ValueTask SyncAsync(double rightAscension, double declination, CancellationToken cancel)
    {
        EnsureConnected();
        _control.Change(view => view with { TargetRightAscension = rightAscension, TargetDeclination = declination });
        await DoAsync("the sync", async (session, c) => await _control.SyncAsync(session, rightAscension, declination, c), cancel);
    }

    /// <summary>Starts something that moves the mount; a script under way gives way to it.</summary>
    private async ValueTask MoveDoAsync(string name, Func<MountSession, CancellationToken, Task> work, CancellationToken cancel)
    {
        EnsureConnected();
        EndScript();
        await DoAsync(name, async (session, c) => await work(session, c), cancel);
    }

    /// <summary>Waits until the mount has arrived.</summary>
    /// <exception cref="AlpacaException">It did not arrive, or was stopped on the way.</exception>
    private async ValueTask ArriveAsync(CancellationToken cancel)
    {
        var errand = _control.View.Errand;
        while (errand is not null && _control.View.Errand == errand)
            await Task.Delay(_options.PollMoving, Clock, cancel);
        var view = View;
        if (view.Failure is { } failure)
            throw failure;
        if (errand?.HasArrived == false)
            throw new AlpacaException(AlpacaError.OperationCancelled, "The slew was stopped before it arrived.");
    }

    private (double RightAscension, double Declination) Target() => View is { TargetRightAscension: { } rightAscension, TargetDeclination: { } declination }
        ? (rightAscension, declination)
        : throw AlpacaException.ValueNotSet("The target has not been set. Set TargetRightAscension and TargetDeclination first.");

    private void EnsureHorizontalSlews()
    {
        if (!IsVersion3)
            throw AlpacaException.NotImplemented("SlewToAltAz");
    }
}
