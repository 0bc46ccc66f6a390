using System.Text.Json.Nodes;
using Alpaca.Contract;
using Alpaca.Devices.Links;

namespace Alpaca.Drivers.IOptron;

/// <content>Motions in several steps. Whatever happens, they end with the command to stop.</content>
internal sealed partial class IOptronTelescope
{
    private const int FastestArrow = 9;
    private const int CalibrationArrow = 4;
    private static readonly TimeSpan s_calibrationTime = TimeSpan.FromSeconds(2);

    /// <summary>Starts a script; Slewing is true before this returns, until it has ended.</summary>
    private async ValueTask StartScriptAsync(Func<CancellationToken, Task> script, CancellationToken cancel)
    {
        EnsureConnected();
        EndScript();
        await DoAsync("a motion in several steps", (_, _) => default, cancel);
        _control.Change(view => view with { IsScriptRunning = true, Failure = null });
        if (!_script.TryStart(c => RunAsync(script, c)))
        {
            _control.Change(view => view with { IsScriptRunning = false });
            throw AlpacaException.InvalidOperation($"{Identity.Name} is still ending another motion. Try again in a moment.");
        }
    }

    private void EndScript()
    {
        _script.Cancel();
        _control.Change(view => view.IsScriptRunning ? view with { IsScriptRunning = false } : view);
    }

    private async Task RunAsync(Func<CancellationToken, Task> script, CancellationToken cancel)
    {
        AlpacaException? failure = null;
        try
        {
            await script(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Whoever cancelled has stopped the mount, or is about to send it elsewhere.
            return;
        }
        catch (AlpacaException e)
        {
            failure = new AlpacaException(DriverError.MoveTimeout, e.Message, e);
        }

        if (failure is not null)
            failure = await StopAfterAsync(failure, cancel);
        if (!cancel.IsCancellationRequested)
            _control.Change(view => view with { IsScriptRunning = false, Failure = failure ?? view.Failure });
    }

    private async Task<AlpacaException> StopAfterAsync(AlpacaException failure, CancellationToken cancel)
    {
        try
        {
            await DoAsync("stopping", async (session, c) => await _control.StopAsync(session, c), cancel);
            return failure;
        }
        catch (AlpacaException e)
        {
            return new AlpacaException(failure.Number, $"{failure.Message} It could not be stopped: {e.Message}", e);
        }
    }

    /// <summary>Parks a mount that cannot keep a park position: home, then a fixed time along each axis; the driver remembers that it is parked.</summary>
    private async Task ParkByHomeAsync(CancellationToken cancel)
    {
        await DoAsync("the way home", async (session, c) => await _control.HomeAsync(session, isSearch: false, c), cancel);
        await ArriveAsync(cancel);
        await MoveForAsync(_options.ParkDecDirection, FastestArrow, _options.ParkDecSeconds, cancel);
        await MoveForAsync(_options.ParkRaDirection, FastestArrow, _options.ParkRaSeconds, cancel);
        await DoAsync("parking", async (session, c) =>
        {
            await _control.TellAsync(session, MountLanguage.SetTracking(false), c);
            _control.LatchPark(true);
        }, cancel);
    }

    /// <summary>Holds an arrow key for a time.</summary>
    private async Task MoveForAsync(ArrowDirection direction, int speed, TimeSpan duration, CancellationToken cancel)
    {
        // By the maker's own words south and west are towards larger declination and right ascension.
        var axis = direction is ArrowDirection.North or ArrowDirection.South ? TelescopeAxis.Secondary : TelescopeAxis.Primary;
        var towardsLarger = direction is ArrowDirection.South or ArrowDirection.West;
        await DoAsync("an arrow key", async (session, c) => await _control.MoveAsync(session, axis, towardsLarger ? speed : -speed, c), cancel);
        var ends = Clock.GetUtcNow() + duration;
        while (Clock.GetUtcNow() < ends)
        {
            var left = ends - Clock.GetUtcNow();
            await Task.Delay(left < _options.PollMoving ? left : _options.PollMoving, Clock, cancel);
            if (View.Failure is { } failure)
                throw failure;
        }

        await DoAsync("an arrow key", async (session, c) => await _control.MoveAsync(session, axis, 0, c), cancel);
    }

    /// <summary>Moves each axis a little both ways and looks which way it went: the answer says how to set the two options.</summary>
    private async Task<string> CalibrateArrowsAsync(CancellationToken cancel)
    {
        var result = new JsonObject();
        foreach (var (axis, key, isInverted) in new[] { (TelescopeAxis.Primary, "ra_arrow_inverted", _options.RaArrowInverted), (TelescopeAxis.Secondary, "dec_arrow_inverted", _options.DecArrowInverted) })
        {
            var larger = await TravelAsync(axis, CalibrationArrow, cancel);
            var smaller = await TravelAsync(axis, -CalibrationArrow, cancel);
            if (larger * smaller >= 0)
                throw new AlpacaException(DriverError.CalibrationNeeded, FormattableString.Invariant($"The {axis} axis moved {larger * 3600:0} and {smaller * 3600:0} arcseconds where opposite ways were asked for: it is blocked, or somebody else moves it."));
            result[key] = isInverted != larger < 0;
        }

        return result.ToJsonString();
    }

    /// <summary>How far an axis goes in two seconds, degrees, the sky's own turn taken off.</summary>
    private async Task<double> TravelAsync(TelescopeAxis axis, int speed, CancellationToken cancel)
    {
        double At()
        {
            var snapshot = Snapshot;
            return axis == TelescopeAxis.Secondary ? snapshot.Position.Declination : 15 * (snapshot.Position.RightAscension - (View.Tracking ? 0 : SiderealHours(snapshot.At)));
        }

        var before = At();
        await DoAsync("calibration", async (session, c) => await _control.MoveAsync(session, axis, speed, c), cancel);
        await Task.Delay(s_calibrationTime, Clock, cancel);
        await DoAsync("calibration", async (session, c) => await _control.MoveAsync(session, axis, 0, c), cancel);
        return Math.IEEERemainder(At() - before, 360);
    }
}
