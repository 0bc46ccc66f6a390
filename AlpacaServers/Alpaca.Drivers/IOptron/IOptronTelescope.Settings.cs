using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <content>What can be set without moving anything.</content>
internal sealed partial class IOptronTelescope
{
    public async ValueTask SetTrackingAsync(bool tracking, CancellationToken cancel = default) =>
        await DoAsync("Tracking", async (session, c) => await _control.SetTrackingAsync(session, tracking, c), cancel);

    public async ValueTask SetTrackingRateAsync(DriveRate trackingRate, CancellationToken cancel = default)
    {
        if (!s_driveRates.Contains(trackingRate))
            throw AlpacaException.InvalidValue($"There is no tracking rate {(int)trackingRate}; the rates are 0 (sidereal), 1 (lunar), 2 (solar) and 3 (King).");
        await DoAsync("TrackingRate", async (session, c) => await _control.SetTrackingRateAsync(session, trackingRate, c), cancel);
    }

    public async ValueTask SetRightAscensionRateAsync(double rightAscensionRate, CancellationToken cancel = default)
    {
        var (lowest, highest) = Facts.Language.CustomRates;
        AlpacaException.ThrowIfOutOfRange(rightAscensionRate, 1 - highest, 1 - lowest);
        await DoAsync("RightAscensionRate", async (session, c) => await _control.SetRightAscensionRateAsync(session, rightAscensionRate, c), cancel);
    }

    public ValueTask SetGuideRateRightAscensionAsync(double guideRateRightAscension, CancellationToken cancel = default) =>
        SetGuideRatesAsync(Factor(guideRateRightAscension, 0.01, 0.90), null, cancel);

    public ValueTask SetGuideRateDeclinationAsync(double guideRateDeclination, CancellationToken cancel = default) =>
        SetGuideRatesAsync(null, Factor(guideRateDeclination, 0.10, 0.99), cancel);

    public async ValueTask SetParkAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        if (!CanSetPark)
            throw AlpacaException.NotImplemented(nameof(SetParkAsync));
        await DoAsync("SetPark", async (session, c) => await _control.SetParkAsync(session, c), cancel);
    }

    public async ValueTask SetUTCDateAsync(DateTimeOffset utcDate, CancellationToken cancel = default)
    {
        if (utcDate.Year is < 2000 or > 2099)
            throw AlpacaException.InvalidValue($"The mount's clock knows the years 2000 to 2099, not {utcDate.Year}.");
        await DoAsync("UTCDate", async (session, c) => await _control.SetTimeAsync(session, utcDate, c), cancel);
    }

    public async ValueTask SetSiteLatitudeAsync(double siteLatitude, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(siteLatitude, -90, 90);
        await DoAsync("SiteLatitude", async (session, c) => await _control.SetSiteAsync(session, _control.SiteNow().Longitude, siteLatitude, c), cancel);
    }

    public async ValueTask SetSiteLongitudeAsync(double siteLongitude, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(siteLongitude, -180, 180);
        await DoAsync("SiteLongitude", async (session, c) => await _control.SetSiteAsync(session, siteLongitude, _control.SiteNow().Latitude, c), cancel);
    }

    public ValueTask SetSiteElevationAsync(double siteElevation, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(siteElevation, -300, 10000);
        return Set(view => view with { Elevation = siteElevation });
    }

    public ValueTask SetSlewSettleTimeAsync(int slewSettleTime, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(slewSettleTime, 0, 600);
        return Set(view => view with { SettleTime = TimeSpan.FromSeconds(slewSettleTime) });
    }

    public ValueTask SetTargetRightAscensionAsync(double targetRightAscension, CancellationToken cancel = default)
    {
        CheckCoordinates(targetRightAscension, 0);
        return Set(view => view with { TargetRightAscension = targetRightAscension });
    }

    public ValueTask SetTargetDeclinationAsync(double targetDeclination, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(targetDeclination, -90, 90);
        return Set(view => view with { TargetDeclination = targetDeclination });
    }

    private static double Factor(double degreesPerSecond, double lowest, double highest)
    {
        var factor = degreesPerSecond / SiderealDegreesPerSecond;
        return factor >= lowest - 0.005 && factor <= highest + 0.005
            ? Math.Clamp(factor, lowest, highest)
            : throw AlpacaException.InvalidValue(FormattableString.Invariant(
                $"A guide rate of {degreesPerSecond} degrees per second is out of range; it must be {lowest * SiderealDegreesPerSecond:0.000000} to {highest * SiderealDegreesPerSecond:0.000000}."));
    }

    private async ValueTask SetGuideRatesAsync(double? rightAscension, double? declination, CancellationToken cancel) =>
        await DoAsync("the guide rate", async (session, c) => await _control.SetGuideRatesAsync(session, rightAscension, declination, c), cancel);

    private ValueTask Set(Func<MountView, MountView> change)
    {
        EnsureConnected();
        _control.Change(change);
        return default;
    }
}
