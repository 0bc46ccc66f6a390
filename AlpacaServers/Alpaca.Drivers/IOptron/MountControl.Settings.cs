using Alpaca.Contract;
using Alpaca.Devices.Links;

namespace Alpaca.Drivers.IOptron;

/// <content>Tracking, rates, place and time.</content>
internal sealed partial class MountControl
{
    public async Task SetTrackingAsync(MountSession session, bool on, CancellationToken cancel)
    {
        if (View.AtPark)
        {
            if (on)
                throw AlpacaException.Parked($"{name} is parked and cannot track. Unpark it first.");
            return;
        }

        if (View.Errand is { } errand)
        {
            if (errand.KeepsTracking == on)
                return;
            throw AlpacaException.InvalidOperation($"{name} is moving ({errand.Title}). Wait for the end, or abort it first.");
        }

        if (View.IsMovedByArrows)
        {
            Change(view => view with { TracksAfterArrows = on });
            return;
        }

        Demand(await session.DoAsync(MountLanguage.SetTracking(on), cancel), on ? "to track" : "to stop tracking");
        await VerifyAsync(session, status => status.IsTracking == on || status.IsMoving, on ? "to track and does not" : "to stop tracking and tracks on", cancel);
    }

    public async Task SetTrackingRateAsync(MountSession session, DriveRate rate, CancellationToken cancel)
    {
        Demand(await session.DoAsync(MountLanguage.SelectRate((MountRate)rate), cancel), "this tracking rate");
        Change(view => view with { RightAscensionRate = 0 });
        await VerifyAsync(session, status => status.Rate == (MountRate)rate, "the tracking rate and keeps another", cancel);
    }

    /// <summary>Sets the custom rate that an offset makes of the sidereal one.</summary>
    /// <param name="offset">Seconds of right ascension per sidereal second.</param>
    public async Task SetRightAscensionRateAsync(MountSession session, double offset, CancellationToken cancel)
    {
        if (RateNow() != DriveRate.Sidereal)
            throw AlpacaException.InvalidOperation("Rate offsets need the sidereal tracking rate. Set TrackingRate to 0 first.");
        if (offset == 0)
        {
            Demand(await session.DoAsync(MountLanguage.SelectRate(MountRate.Sidereal), cancel), "the sidereal rate");
        }
        else
        {
            Demand(await session.DoAsync(MountLanguage.SelectRate(MountRate.Custom), cancel), "the custom rate");
            Demand(await session.DoAsync(MountLanguage.SetCustomRate(1 - offset, options.RaRateScale), cancel), "this custom rate");
        }

        Change(view => view with { RightAscensionRate = offset });
        await VerifyAsync(session, status => status.Rate == (offset == 0 ? MountRate.Sidereal : MountRate.Custom), "the tracking rate and keeps another", cancel);
    }

    public async Task SyncAsync(MountSession session, double rightAscension, double declination, CancellationToken cancel)
    {
        EnsureFree();
        if (View.Slewing)
            throw AlpacaException.InvalidOperation($"{name} is slewing. Sync once it has arrived.");
        if (!View.Tracking)
            throw AlpacaException.InvalidOperation("Syncs need tracking on. Set Tracking to true first.");
        await TargetAsync(session, Language.SetTarget(rightAscension, declination), cancel);
        Demand(await session.DoAsync(MountLanguage.Sync, cancel), "to sync");
        _positionChanges = true;
        await PollAsync(session, cancel);
        var position = View.Snapshot!.Position;
        var off = MountSnapshot.Separation(15 * position.RightAscension, position.Declination, 15 * rightAscension, declination);
        if (off > options.ArrivalTolerance)
            throw new AlpacaException(DriverError.Rejected, FormattableString.Invariant($"{name} accepted the sync and still says that it points {off:0.00} degrees away from there."));
    }

    public async Task SetParkAsync(MountSession session, CancellationToken cancel)
    {
        await PollAsync(session, cancel);
        var here = View.Snapshot!.Horizontal;
        if (here.Altitude < 0)
            throw AlpacaException.InvalidOperation(FormattableString.Invariant($"The telescope points {-here.Altitude:0.0} degrees below the horizon, which cannot be the park position."));
        Demand(await session.DoAsync(MountLanguage.SetParkAzimuth(here.Azimuth), cancel), "this park position");
        Demand(await session.DoAsync(MountLanguage.SetParkAltitude(here.Altitude), cancel), "this park position");
        _park = _park with { Position = here };
        _park.Save(options.StateFile);
    }

    public async Task SetSiteAsync(MountSession session, double longitude, double latitude, CancellationToken cancel)
    {
        foreach (var command in Language.SetSite(longitude, latitude))
            Demand(await session.DoAsync(command, cancel), $"the site ({command.Text})");
        _positionChanges = true;
        Change(view => view with { SiteWritten = (latitude, longitude) });
        await PollAsync(session, cancel);
    }

    public async Task SetTimeAsync(MountSession session, DateTimeOffset utc, CancellationToken cancel)
    {
        var asked = clock.GetUtcNow();
        var time = await session.SendAsync(Language.Time, Language.ReadTime, cancel);
        foreach (var command in Language.SetTime(utc + (clock.GetUtcNow() - asked), time.Offset))
            Demand(await session.DoAsync(command, cancel), $"the time ({command.Text})");
        _positionChanges = true;
        _clockDue = default;
        await PollAsync(session, cancel);
    }

    public async Task SetGuideRatesAsync(MountSession session, double? rightAscension, double? declination, CancellationToken cancel)
    {
        var before = View.GuideRates ?? await session.SendAsync(MountLanguage.GuideRates, MountLanguage.ReadGuideRates, cancel);

        // With three digits the mount has one rate for both axes.
        var wanted = before.Digits == 3
            ? before with { RightAscension = rightAscension ?? declination!.Value, Declination = rightAscension ?? declination!.Value }
            : before with { RightAscension = rightAscension ?? before.RightAscension, Declination = declination ?? before.Declination };
        Demand(await session.DoAsync(MountLanguage.SetGuideRates(wanted), cancel), "these guide rates");
        var read = await session.SendAsync(MountLanguage.GuideRates, MountLanguage.ReadGuideRates, cancel);
        Change(view => view with { GuideRates = read });
    }

    /// <summary>Anything else the mount can be told that answers yes or no.</summary>
    public async Task TellAsync(MountSession session, MountCommand command, CancellationToken cancel) =>
        Demand(await session.DoAsync(command, cancel), command.Text);

    /// <summary>Latitude and longitude of the site: as written, if that is what the mount has, to its own precision.</summary>
    public (double Latitude, double Longitude) SiteNow()
    {
        var view = View;
        var status = view.Snapshot?.Status ?? throw AlpacaException.NotConnected(name);
        var precision = Language.Dialect == Dialect.Version2 ? 1.0 / 3600 : 0.01 / 3600;
        return view.SiteWritten is var (latitude, longitude) && Math.Abs(latitude - status.Latitude) <= precision && Math.Abs(Math.IEEERemainder(longitude - status.Longitude, 360)) <= precision
            ? (latitude, longitude)
            : (Math.Round(status.Latitude, 7), Math.Round(Math.IEEERemainder(status.Longitude, 360), 7));
    }

    /// <summary>The tracking rate as clients know it: an offset of our own leaves it sidereal.</summary>
    public DriveRate RateNow() => View.Snapshot?.Status.Rate switch
    {
        MountRate.Lunar => DriveRate.Lunar,
        MountRate.Solar => DriveRate.Solar,
        MountRate.King => DriveRate.King,
        _ => DriveRate.Sidereal,
    };

    /// <summary>The side of the pier as the mount says it, or as the hour angle has it where the mount has no word for it.</summary>
    public PierSide SideNow()
    {
        var view = View;
        if (view is not { Snapshot: { } snapshot, Facts: { } facts })
            return PierSide.Unknown;
        var side = facts.Language.TellsPierSide ? snapshot.Position.Side : SideByHourAngle(snapshot);
        return !options.PierSideInverted ? side : side switch { PierSide.East => PierSide.West, PierSide.West => PierSide.East, _ => side };
    }

    /// <summary>Mounts without a word for it are taken to be in the normal state; near the meridian nobody knows. Wrong once the mount has tracked past the meridian.</summary>
    private static PierSide SideByHourAngle(MountSnapshot snapshot)
    {
        const double minuteOfTime = 0.25;
        var azimuth = snapshot.Horizontal.Azimuth;
        var east = Math.Sin(azimuth * Math.PI / 180) * Math.Cos(snapshot.Horizontal.Altitude * Math.PI / 180) * 180 / Math.PI;
        var cosDeclination = Math.Cos(snapshot.Position.Declination * Math.PI / 180);
        return Math.Abs(east) < minuteOfTime * cosDeclination ? PierSide.Unknown : east > 0 ? PierSide.West : PierSide.East;
    }

    private async Task ResetRateAsync(MountSession session, CancellationToken cancel)
    {
        if (View.RightAscensionRate == 0)
            return;
        await session.DoAsync(MountLanguage.SelectRate(MountRate.Sidereal), cancel);
        Change(view => view with { RightAscensionRate = 0 });
    }

    /// <summary>Waits until the mount's own status shows what it has accepted: a command accepted is not a thing done.</summary>
    private async Task VerifyAsync(MountSession session, Func<MountStatus, bool> isDone, string what, CancellationToken cancel)
    {
        var begun = clock.GetUtcNow();
        while (true)
        {
            await PollAsync(session, cancel);
            if (View.Snapshot is { } seen && isDone(seen.Status))
                return;
            if (clock.GetUtcNow() - begun > s_verifyDeadline)
                throw new AlpacaException(DriverError.Rejected, $"{name} accepted {what}. Look at the hand controller; switch the mount off and on if it stays so.");
            await Task.Delay(s_verifyInterval, clock, cancel);
        }
    }
}
