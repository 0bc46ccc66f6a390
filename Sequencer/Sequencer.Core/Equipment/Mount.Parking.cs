using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Configuration;

namespace Sequencer.Core.Equipment;

/// <content>Parking and unparking. A mount that cannot park rests at home or at a place above the horizon, without tracking, and counts as parked there.</content>
public sealed partial class Mount
{
    /// <summary>A resting mount is where it was sent when it is within this.</summary>
    private const double RestToleranceDegrees = 1;

    private Task<bool>? _parking;

    /// <summary>Unparks the mount if it is parked.</summary>
    /// <exception cref="MountException">It is still parked afterwards, or motion is forbidden.</exception>
    /// <exception cref="DeviceLostException">The mount cannot be reached.</exception>
    public async Task UnparkAsync(CancellationToken cancel)
    {
        if (!(await ReadAsync(cancel)).Parked) return;
        ThrowIfForbidden();
        // A mount that only rests begins to track, and is no longer at rest.
        await _link.CallAsync(_can.Park ? _telescope.UnparkAsync : token => _telescope.SetTrackingAsync(true, token), cancel);
        var started = _clock.GetTimestamp();
        while ((await ReadAsync(cancel)).Parked)
        {
            if (_clock.GetElapsedTime(started) > StopDeadline) throw new MountException("The mount accepted to unpark and still says that it is parked.");
            await Task.Delay(_poll, _clock, cancel);
        }
    }

    /// <summary>
    /// Parks, verified by the mount's own reading, and tried again as often as configured. Callers that come meanwhile share the result. Not cancelled by anything: the token
    /// only ends this caller's wait.
    /// </summary>
    /// <returns>False if the mount is not parked; an alarm has then been raised.</returns>
    public Task<bool> ParkAsync(CancellationToken cancel = default)
    {
        var parking = _parking;
        if (parking is null or { IsCompleted: true }) _parking = parking = ParkOnceAsync();
        return parking.WaitAsync(cancel);
    }

    private async Task<bool> ParkOnceAsync()
    {
        var trouble = "";
        for (var attempt = 1; attempt <= _options.NumParkAttempts; attempt++)
        {
            try
            {
                if ((await ReadAsync(CancellationToken.None)).Parked) return true;
                if (_can.Park) await _link.CallAsync(_telescope.ParkAsync, CancellationToken.None);
                else await RestAsync();
                if (await WaitAsync(reading => reading.Parked, _options.ParkTimeout)) return true;
                trouble = FormattableString.Invariant($"it accepted the command and is not parked after {_options.ParkTimeout.TotalSeconds:0} s");
            }
            catch (Exception error) when (error is DeviceLostException or AlpacaException or MountException)
            {
                trouble = error.Message;
            }
        }
        _journal.Alarm($"The mount does not park: {trouble}. Check that nothing is in its way, and park it by hand.");
        return false;
    }

    /// <summary>Sends a mount without a park position to where it rests, and lets it stand there.</summary>
    private async Task RestAsync()
    {
        if (RestsAtHome)
        {
            await _link.CallAsync(_telescope.FindHomeAsync, CancellationToken.None);
            var started = _clock.GetTimestamp();
            while (!await _link.CallAsync(_telescope.AtHomeAsync, CancellationToken.None))
            {
                if (_clock.GetElapsedTime(started) > _options.HomeTimeout) throw new MountException("it has no park position and does not reach its home position");
                await Task.Delay(_poll, _clock);
            }
        }
        else
        {
            // By right ascension and declination, which every mount of a night can: that needs tracking on, resting needs it off.
            if (_can.SetTracking) await _link.CallAsync(token => _telescope.SetTrackingAsync(true, token), CancellationToken.None);
            var now = _clock.GetUtcNow();
            var (rightAscension, declination) = _coordinates.FromSky(SkyTransform.At(_site, now).Icrs(RestingPlace), now);
            await _link.CallAsync(token => _telescope.StartSlewToCoordinatesAsync(rightAscension, declination, token), CancellationToken.None);
            if (!await WaitAsync(reading => !reading.Slewing, _options.ParkTimeout)) throw new MountException("it has no park position and does not reach its resting place");
        }
        if (_can.SetTracking) await _link.CallAsync(token => _telescope.SetTrackingAsync(false, token), CancellationToken.None);
    }

    private bool RestsAtHome => _can.FindHome && _options.ParkFallback == ParkFallback.Home;

    private HorizontalPosition RestingPlace => new(Angle.FromDegrees(_options.ParkAltitudeDegrees), Angle.FromDegrees(_options.ParkAzimuthDegrees));

    private async Task<bool> IsAtRestAsync(SkyPosition position, StateSnapshot state, CancellationToken cancel)
    {
        if (RestsAtHome) return await state.GetAsync("AtHome", _telescope.AtHomeAsync, cancel);
        var place = SkyTransform.At(_site, _clock.GetUtcNow()).Observed(position);
        var azimuthOff = Math.IEEERemainder(place.Azimuth.Degrees - _options.ParkAzimuthDegrees, 360) * Math.Cos(place.Altitude.Radians);
        return Math.Abs(place.Altitude.Degrees - _options.ParkAltitudeDegrees) < RestToleranceDegrees && Math.Abs(azimuthOff) < RestToleranceDegrees;
    }
}
