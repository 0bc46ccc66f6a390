using Alpaca.Contract;

namespace Alpaca.Simulators.Mount;

/// <content>What can be read and set without moving anything.</content>
public sealed partial class SimulatedTelescope
{
    private static readonly IReadOnlyList<DriveRate> DriveRates = [DriveRate.Sidereal, DriveRate.Lunar, DriveRate.Solar, DriveRate.King];

    public ValueTask<bool> CanFindHomeAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanParkAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanPulseGuideAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetDeclinationRateAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetGuideRatesAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetParkAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetPierSideAsync(CancellationToken cancel = default) => new(IsGerman);

    public ValueTask<bool> CanSetRightAscensionRateAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetTrackingAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSlewAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSlewAltAzAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanStartSlewAltAzAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanStartSlewAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSyncAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSyncAltAzAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanUnparkAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanMoveAxisAsync(TelescopeAxis axis, CancellationToken cancel = default) => new(Checked(axis) != TelescopeAxis.Tertiary);

    public ValueTask<IReadOnlyList<AxisRate>> AxisRatesAsync(TelescopeAxis axis, CancellationToken cancel = default) =>
        new(Checked(axis) == TelescopeAxis.Tertiary ? [] : [new AxisRate(0, _options.HighestMoveRate)]);

    public ValueTask<AlignmentMode> AlignmentModeAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.Alignment);
    }

    public ValueTask<double> ApertureAreaAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(Math.PI / 4 * _options.Aperture * _options.Aperture * 1e-6);
    }

    public ValueTask<double> ApertureDiameterAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.Aperture / 1000);
    }

    public ValueTask<double> FocalLengthAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_options.FocalLength / 1000);
    }

    public ValueTask<EquatorialCoordinateType> EquatorialSystemAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(EquatorialCoordinateType.Topocentric);
    }

    public ValueTask<bool> DoesRefractionAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(false);
    }

    public ValueTask<double> RightAscensionAsync(CancellationToken cancel = default)
    {
        var state = ConnectedNow(out var time);
        return new(ToRightAscension(Sky(state.ReportedAt(time)), time));
    }

    public ValueTask<double> DeclinationAsync(CancellationToken cancel = default)
    {
        var state = ConnectedNow(out var time);
        return new(Sky(state.ReportedAt(time)).Declination);
    }

    public ValueTask<double> AltitudeAsync(CancellationToken cancel = default)
    {
        var state = ConnectedNow(out var time);
        return new(state.Geometry.ToHorizon(state.ReportedAt(time)).Altitude);
    }

    public ValueTask<double> AzimuthAsync(CancellationToken cancel = default)
    {
        var state = ConnectedNow(out var time);
        return new(state.Geometry.ToHorizon(state.ReportedAt(time)).Azimuth);
    }

    public ValueTask<bool> AtHomeAsync(CancellationToken cancel = default) => new(ConnectedNow().AtHome);

    public ValueTask<bool> AtParkAsync(CancellationToken cancel = default) => new(ConnectedNow().AtPark);

    public ValueTask<bool> SlewingAsync(CancellationToken cancel = default) => new(ConnectedNow(out var time).IsSlewingAt(time));

    public ValueTask<bool> IsPulseGuidingAsync(CancellationToken cancel = default) => new(ConnectedNow(out var time).IsPulseGuidingAt(time));

    public ValueTask<bool> TrackingAsync(CancellationToken cancel = default) => new(ConnectedNow().Tracking);

    public ValueTask<PierSide> SideOfPierAsync(CancellationToken cancel = default)
    {
        EnsureGerman(nameof(SideOfPierAsync));
        var state = ConnectedNow(out var time);
        return new(state.Geometry.SideOf(state.AxesAt(time) + state.EncoderOffset));
    }

    public ValueTask<PierSide> DestinationSideOfPierAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        EnsureGerman(nameof(DestinationSideOfPierAsync));
        CheckCoordinates(rightAscension, declination);
        var state = ConnectedNow(out var time);
        return new(state.Geometry.SideFor(ToHourAngle(rightAscension, declination, time)));
    }

    public ValueTask<double> SiderealTimeAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(SiderealTime(Clock.GetUtcNow()) / 15);
    }

    public ValueTask<DateTimeOffset> UTCDateAsync(CancellationToken cancel = default) => new(Clock.GetUtcNow() + ReadSettings().ClockOffset);

    public ValueTask SetUTCDateAsync(DateTimeOffset utcDate, CancellationToken cancel = default)
    {
        Set(s => s with { ClockOffset = utcDate - Clock.GetUtcNow() });
        return default;
    }

    public ValueTask<double> SiteLatitudeAsync(CancellationToken cancel = default) => new(ReadSettings().Latitude);

    public ValueTask SetSiteLatitudeAsync(double siteLatitude, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(siteLatitude, -90, 90);
        Set(s => s with { Latitude = siteLatitude });
        Command((state, now) => state.StoppedAt(now) with { Geometry = new MountGeometry(_options.Alignment, siteLatitude) });
        return default;
    }

    public ValueTask<double> SiteLongitudeAsync(CancellationToken cancel = default) => new(ReadSettings().Longitude);

    public ValueTask SetSiteLongitudeAsync(double siteLongitude, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(siteLongitude, -180, 180);
        Set(s => s with { Longitude = siteLongitude });
        return default;
    }

    public ValueTask<double> SiteElevationAsync(CancellationToken cancel = default) => new(ReadSettings().Elevation);

    public ValueTask SetSiteElevationAsync(double siteElevation, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(siteElevation, -300, 10000);
        Set(s => s with { Elevation = siteElevation });
        return default;
    }

    public ValueTask<int> SlewSettleTimeAsync(CancellationToken cancel = default) => new(ReadSettings().SettleSeconds);

    public ValueTask SetSlewSettleTimeAsync(int slewSettleTime, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(slewSettleTime, 0, 600);
        Set(s => s with { SettleSeconds = slewSettleTime });
        return default;
    }

    public ValueTask<double> TargetDeclinationAsync(CancellationToken cancel = default) =>
        new(ReadSettings().TargetDeclination ?? throw AlpacaException.ValueNotSet("TargetDeclination has not been set. Set it, or slew to coordinates."));

    public ValueTask SetTargetDeclinationAsync(double targetDeclination, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(targetDeclination, -90, 90);
        Set(s => s with { TargetDeclination = targetDeclination });
        return default;
    }

    public ValueTask<double> TargetRightAscensionAsync(CancellationToken cancel = default) =>
        new(ReadSettings().TargetRightAscension ?? throw AlpacaException.ValueNotSet("TargetRightAscension has not been set. Set it, or slew to coordinates."));

    public ValueTask SetTargetRightAscensionAsync(double targetRightAscension, CancellationToken cancel = default)
    {
        CheckCoordinates(targetRightAscension, 0);
        Set(s => s with { TargetRightAscension = targetRightAscension });
        return default;
    }

    public ValueTask<double> GuideRateDeclinationAsync(CancellationToken cancel = default) => new(ReadSettings().GuideRateDeclination);

    public ValueTask SetGuideRateDeclinationAsync(double guideRateDeclination, CancellationToken cancel = default)
    {
        CheckGuideRate(guideRateDeclination, "GuideRateDeclination");
        Set(s => s with { GuideRateDeclination = guideRateDeclination });
        return default;
    }

    public ValueTask<double> GuideRateRightAscensionAsync(CancellationToken cancel = default) => new(ReadSettings().GuideRateRightAscension);

    public ValueTask SetGuideRateRightAscensionAsync(double guideRateRightAscension, CancellationToken cancel = default)
    {
        CheckGuideRate(guideRateRightAscension, "GuideRateRightAscension");
        Set(s => s with { GuideRateRightAscension = guideRateRightAscension });
        return default;
    }

    public ValueTask<DriveRate> TrackingRateAsync(CancellationToken cancel = default) => new(ConnectedNow().DriveRate);

    public ValueTask<IReadOnlyList<DriveRate>> TrackingRatesAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(DriveRates);
    }

    public ValueTask<double> RightAscensionRateAsync(CancellationToken cancel = default) => new(ConnectedNow().RightAscensionRate);

    public ValueTask<double> DeclinationRateAsync(CancellationToken cancel = default) => new(ConnectedNow().DeclinationRate);

    private bool IsGerman => _options.Alignment == AlignmentMode.GermanPolar;

    /// <summary>The direction with the declination folded into -90 to 90, as coordinates are written.</summary>
    private static HourAngleDeclination Sky(HourAngleDeclination direction) => direction.Declination switch
    {
        > 90 => new(direction.HourAngle + 180, 180 - direction.Declination),
        < -90 => new(direction.HourAngle + 180, -180 - direction.Declination),
        _ => direction,
    };

    private static void CheckGuideRate(double rate, string name) => AlpacaException.ThrowIfOutOfRange(rate, 0, 2 * SiderealRate.DegreesPerSecond, name);

    private static void CheckCoordinates(double rightAscension, double declination)
    {
        if (!(rightAscension is >= 0 and < 24))
            throw AlpacaException.InvalidValue(FormattableString.Invariant($"A right ascension of {rightAscension} h is out of range; it must be 0 up to but not including 24."));
        if (!(declination is >= -90 and <= 90))
            throw AlpacaException.InvalidValue(FormattableString.Invariant($"A declination of {declination} degrees is out of range; it must be -90 to 90."));
    }

    private static TelescopeAxis Checked(TelescopeAxis axis) => Enum.IsDefined(axis)
        ? axis
        : throw AlpacaException.InvalidValue($"There is no axis {(int)axis}; the axes are 0 (primary), 1 (secondary) and 2 (tertiary).");

    private void EnsureGerman(string member)
    {
        if (!IsGerman)
            throw AlpacaException.NotImplemented(member);
    }
}
