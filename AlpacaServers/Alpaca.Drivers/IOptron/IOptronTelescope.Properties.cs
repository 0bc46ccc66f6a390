using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <content>What can be read.</content>
internal sealed partial class IOptronTelescope
{
    private const double SiderealDegreesPerSecond = 15.0411 / 3600;
    private static readonly IReadOnlyList<DriveRate> s_driveRates = [DriveRate.Sidereal, DriveRate.Lunar, DriveRate.Solar, DriveRate.King];

    /// <summary>Before the first connection nobody knows the dialect: then what most mounts can do.</summary>
    private bool IsVersion3 => _control.View.Facts?.Language.Dialect != Dialect.Version2;

    public ValueTask<bool> CanFindHomeAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanParkAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanUnparkAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanPulseGuideAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetGuideRatesAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetParkAsync(CancellationToken cancel = default) => new(CanSetPark);

    public ValueTask<bool> CanSetPierSideAsync(CancellationToken cancel = default) => new(CanSetPierSide);

    public ValueTask<bool> CanSetRightAscensionRateAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetTrackingAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSlewAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanStartSlewAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSlewAltAzAsync(CancellationToken cancel = default) => new(IsVersion3);

    public ValueTask<bool> CanStartSlewAltAzAsync(CancellationToken cancel = default) => new(IsVersion3);

    public ValueTask<bool> CanSyncAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanMoveAxisAsync(TelescopeAxis axis, CancellationToken cancel = default) => new(Checked(axis) != TelescopeAxis.Tertiary);

    public ValueTask<IReadOnlyList<AxisRate>> AxisRatesAsync(TelescopeAxis axis, CancellationToken cancel = default)
    {
        if (Checked(axis) == TelescopeAxis.Tertiary)
            return new([]);
        return new([.. Facts.ArrowRates.Select(rate => new AxisRate(rate, rate))]);
    }

    public ValueTask<AlignmentMode> AlignmentModeAsync(CancellationToken cancel = default) => new(Facts.Model.Alignment);

    public ValueTask<EquatorialCoordinateType> EquatorialSystemAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(EquatorialCoordinateType.Topocentric);
    }

    public ValueTask<double> ApertureDiameterAsync(CancellationToken cancel = default) => new(Optics(_options.Aperture, "ApertureDiameter"));

    public ValueTask<double> ApertureAreaAsync(CancellationToken cancel = default)
    {
        var aperture = Optics(_options.Aperture, "ApertureArea");
        return new(Math.PI / 4 * aperture * aperture);
    }

    public ValueTask<double> FocalLengthAsync(CancellationToken cancel = default) => new(Optics(_options.FocalLength, "FocalLength"));

    public ValueTask<double> RightAscensionAsync(CancellationToken cancel = default) => new(Trusted.Position.RightAscension);

    public ValueTask<double> DeclinationAsync(CancellationToken cancel = default) => new(Trusted.Position.Declination);

    public ValueTask<double> AltitudeAsync(CancellationToken cancel = default) => new(Trusted.Horizontal.Altitude);

    public ValueTask<double> AzimuthAsync(CancellationToken cancel = default) => new(Trusted.Horizontal.Azimuth);

    public ValueTask<bool> AtHomeAsync(CancellationToken cancel = default) =>
        new(View is { Errand: null, IsMovedByArrows: false, IsScriptRunning: false, Snapshot.Status.State: SystemState.AtZeroPosition });

    public ValueTask<bool> AtParkAsync(CancellationToken cancel = default) => new(View is { AtPark: true, Errand: null });

    public ValueTask<bool> SlewingAsync(CancellationToken cancel = default)
    {
        var view = View;
        return view.Failure is { } failure ? throw failure : new(view.Slewing);
    }

    public ValueTask<bool> TrackingAsync(CancellationToken cancel = default) => new(View.Tracking);

    public ValueTask<bool> IsPulseGuidingAsync(CancellationToken cancel = default)
    {
        var (primary, secondary) = View.PulsesEnd;
        var now = Clock.GetUtcNow();
        return new(now < primary || now < secondary || _control.View.Snapshot?.Status.State == SystemState.Guiding);
    }

    public ValueTask<PierSide> SideOfPierAsync(CancellationToken cancel = default)
    {
        if (!Facts.IsGerman)
            throw AlpacaException.NotImplemented(nameof(SideOfPierAsync));
        return new(_control.SideNow());
    }

    public ValueTask<PierSide> DestinationSideOfPierAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        CheckCoordinates(rightAscension, declination);
        if (!Facts.IsGerman)
            throw AlpacaException.NotImplemented(nameof(DestinationSideOfPierAsync));
        var hourAngle = Math.IEEERemainder(SiderealHours(Clock.GetUtcNow()) - rightAscension, 24);
        return new(hourAngle < 0 != _options.PierSideInverted ? PierSide.West : PierSide.East);
    }

    public ValueTask<double> SiderealTimeAsync(CancellationToken cancel = default) => new(SiderealHours(Clock.GetUtcNow()));

    public ValueTask<DateTimeOffset> UTCDateAsync(CancellationToken cancel = default) => new(Clock.GetUtcNow() + Snapshot.ClockError);

    public ValueTask<double> SiteLatitudeAsync(CancellationToken cancel = default)
    {
        _ = State;
        return new(_control.SiteNow().Latitude);
    }

    public ValueTask<double> SiteLongitudeAsync(CancellationToken cancel = default)
    {
        _ = State;
        return new(_control.SiteNow().Longitude);
    }

    public ValueTask<double> SiteElevationAsync(CancellationToken cancel = default) => new(View.Elevation);

    public ValueTask<int> SlewSettleTimeAsync(CancellationToken cancel = default) => new((int)View.SettleTime.TotalSeconds);

    public ValueTask<double> TargetRightAscensionAsync(CancellationToken cancel = default) =>
        new(View.TargetRightAscension ?? throw AlpacaException.ValueNotSet("TargetRightAscension has not been set. Set it, or slew to coordinates."));

    public ValueTask<double> TargetDeclinationAsync(CancellationToken cancel = default) =>
        new(View.TargetDeclination ?? throw AlpacaException.ValueNotSet("TargetDeclination has not been set. Set it, or slew to coordinates."));

    public ValueTask<DriveRate> TrackingRateAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_control.RateNow());
    }

    public ValueTask<IReadOnlyList<DriveRate>> TrackingRatesAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(s_driveRates);
    }

    public ValueTask<double> RightAscensionRateAsync(CancellationToken cancel = default)
    {
        var view = View;
        return new(_control.RateNow() == DriveRate.Sidereal ? view.RightAscensionRate : 0);
    }

    public ValueTask<double> DeclinationRateAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(0.0);
    }

    public ValueTask<double> GuideRateRightAscensionAsync(CancellationToken cancel = default) => new(GuideRates.RightAscension * SiderealDegreesPerSecond);

    public ValueTask<double> GuideRateDeclinationAsync(CancellationToken cancel = default) => new(GuideRates.Declination * SiderealDegreesPerSecond);

    private MountGuideRates GuideRates => View.GuideRates ?? throw AlpacaException.NotConnected(Identity.Name);

    private bool CanSetPierSide => _options.CanSetPierSide && IsVersion3;

    /// <summary>Where the way to the park position is the driver's own doing, there is nothing to set.</summary>
    private bool CanSetPark => _options.ParkMode == ParkMode.Native && _control.View.Facts?.CanParkItself != false;

    private double Optics(double? value, string member)
    {
        EnsureConnected();
        return value ?? throw AlpacaException.NotImplemented(member);
    }

    private static TelescopeAxis Checked(TelescopeAxis axis) => Enum.IsDefined(axis)
        ? axis
        : throw AlpacaException.InvalidValue($"There is no axis {(int)axis}; the axes are 0 (right ascension), 1 (declination) and 2 (none here).");

    private static void CheckCoordinates(double rightAscension, double declination)
    {
        if (!(rightAscension is >= 0 and < 24))
            throw AlpacaException.InvalidValue(FormattableString.Invariant($"A right ascension of {rightAscension} h is out of range; it must be 0 up to but not including 24."));
        if (!(declination is >= -90 and <= 90))
            throw AlpacaException.InvalidValue(FormattableString.Invariant($"A declination of {declination} degrees is out of range; it must be -90 to 90."));
    }
}
