namespace Alpaca.Contract;

/// <summary>
/// A mount (ASCOM ITelescopeV4). Right ascensions are hours, 0 up to but not including 24; declinations, altitudes and azimuths degrees;
/// azimuths run from north through east. Equatorial coordinates are in the mount's own <see cref="EquatorialSystemAsync"/>.
/// </summary>
[AlpacaDevice("telescope", InterfaceVersion = 4)]
public partial interface ITelescope : IAlpacaDevice
{
    /// <summary>How the mount is built and aligned.</summary>
    [Get] ValueTask<AlignmentMode> AlignmentModeAsync(CancellationToken cancel = default) => NotImplemented<AlignmentMode>();

    /// <summary>Altitude above the horizon, degrees.</summary>
    [Get, InDeviceState] ValueTask<double> AltitudeAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Light-collecting area, square metres, obstruction taken off.</summary>
    [Get] ValueTask<double> ApertureAreaAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Aperture, metres.</summary>
    [Get] ValueTask<double> ApertureDiameterAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>True at the home position, reached by <see cref="FindHomeAsync"/>.</summary>
    [Get, InDeviceState] ValueTask<bool> AtHomeAsync(CancellationToken cancel = default);

    /// <summary>True while parked: reached by <see cref="ParkAsync"/>, left by <see cref="UnparkAsync"/> only.</summary>
    [Get, InDeviceState] ValueTask<bool> AtParkAsync(CancellationToken cancel = default);

    /// <summary>Azimuth, degrees, 0 up to but not including 360.</summary>
    [Get, InDeviceState] ValueTask<double> AzimuthAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>True if <see cref="FindHomeAsync"/> works.</summary>
    [Get] ValueTask<bool> CanFindHomeAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="ParkAsync"/> works.</summary>
    [Get] ValueTask<bool> CanParkAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="PulseGuideAsync"/> works.</summary>
    [Get] ValueTask<bool> CanPulseGuideAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SetDeclinationRateAsync"/> works.</summary>
    [Get] ValueTask<bool> CanSetDeclinationRateAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the guide rates can be set.</summary>
    [Get] ValueTask<bool> CanSetGuideRatesAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SetParkAsync"/> works.</summary>
    [Get] ValueTask<bool> CanSetParkAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SetSideOfPierAsync"/> works.</summary>
    [Get] ValueTask<bool> CanSetPierSideAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SetRightAscensionRateAsync"/> works.</summary>
    [Get] ValueTask<bool> CanSetRightAscensionRateAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if tracking can be switched.</summary>
    [Get] ValueTask<bool> CanSetTrackingAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the mount slews to equatorial coordinates. Equal to <see cref="CanStartSlewAsync"/> from version 4 on.</summary>
    [Get] ValueTask<bool> CanSlewAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the mount slews to altitude and azimuth.</summary>
    [Get] ValueTask<bool> CanSlewAltAzAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="StartSlewToAltAzAsync"/> works.</summary>
    [Get("CanSlewAltAzAsync")] ValueTask<bool> CanStartSlewAltAzAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="StartSlewToCoordinatesAsync"/> and <see cref="StartSlewToTargetAsync"/> work.</summary>
    [Get("CanSlewAsync")] ValueTask<bool> CanStartSlewAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SyncToCoordinatesAsync"/> and <see cref="SyncToTargetAsync"/> work.</summary>
    [Get] ValueTask<bool> CanSyncAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SyncToAltAzAsync"/> works.</summary>
    [Get] ValueTask<bool> CanSyncAltAzAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="UnparkAsync"/> works.</summary>
    [Get] ValueTask<bool> CanUnparkAsync(CancellationToken cancel = default) => new(false);

    /// <summary>Declination where the mount points now, degrees.</summary>
    [Get, InDeviceState] ValueTask<double> DeclinationAsync(CancellationToken cancel = default);

    /// <summary>Offset from sidereal tracking in declination, arcseconds per SI second.</summary>
    [Get] ValueTask<double> DeclinationRateAsync(CancellationToken cancel = default) => new(0.0);

    /// <summary>Sets the declination rate. InvalidOperation unless <see cref="TrackingRateAsync"/> is sidereal.</summary>
    [Set] ValueTask SetDeclinationRateAsync(double declinationRate, CancellationToken cancel = default) => NotImplemented();

    /// <summary>True if the mount corrects coordinates for refraction.</summary>
    [Get] ValueTask<bool> DoesRefractionAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Chooses whether the mount corrects for refraction.</summary>
    [Set] ValueTask SetDoesRefractionAsync(bool doesRefraction, CancellationToken cancel = default) => NotImplemented();

    /// <summary>The system of all equatorial coordinates of this mount.</summary>
    [Get] ValueTask<EquatorialCoordinateType> EquatorialSystemAsync(CancellationToken cancel = default);

    /// <summary>Focal length, metres.</summary>
    [Get] ValueTask<double> FocalLengthAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Rate of guide pulses in declination, degrees per second.</summary>
    [Get] ValueTask<double> GuideRateDeclinationAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the guide rate in declination, degrees per second.</summary>
    [Set] ValueTask SetGuideRateDeclinationAsync(double guideRateDeclination, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Rate of guide pulses in right ascension, degrees per second.</summary>
    [Get] ValueTask<double> GuideRateRightAscensionAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the guide rate in right ascension, degrees per second.</summary>
    [Set] ValueTask SetGuideRateRightAscensionAsync(double guideRateRightAscension, CancellationToken cancel = default) => NotImplemented();

    /// <summary>True while a guide pulse is under way.</summary>
    [Get, InDeviceState] ValueTask<bool> IsPulseGuidingAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Right ascension where the mount points now, hours.</summary>
    [Get, InDeviceState] ValueTask<double> RightAscensionAsync(CancellationToken cancel = default);

    /// <summary>Offset from sidereal tracking in right ascension, seconds of right ascension per sidereal second.</summary>
    [Get] ValueTask<double> RightAscensionRateAsync(CancellationToken cancel = default) => new(0.0);

    /// <summary>Sets the right ascension rate. InvalidOperation unless <see cref="TrackingRateAsync"/> is sidereal.</summary>
    [Set] ValueTask SetRightAscensionRateAsync(double rightAscensionRate, CancellationToken cancel = default) => NotImplemented();

    /// <summary>The pointing state of a German equatorial mount: east is the normal one, with the telescope looking west of the meridian.</summary>
    [Get, InDeviceState] ValueTask<PierSide> SideOfPierAsync(CancellationToken cancel = default) => NotImplemented<PierSide>();

    /// <summary>Starts a flip to the other pointing state and returns; done when <see cref="SlewingAsync"/> is false.</summary>
    [Set] ValueTask SetSideOfPierAsync(PierSide sideOfPier, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Local apparent sidereal time, hours.</summary>
    [Get, InDeviceState] ValueTask<double> SiderealTimeAsync(CancellationToken cancel = default);

    /// <summary>Height of the site above sea level, metres, -300 to 10000.</summary>
    [Get] ValueTask<double> SiteElevationAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the site's height, metres.</summary>
    [Set] ValueTask SetSiteElevationAsync(double siteElevation, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Geodetic latitude of the site, degrees, north positive.</summary>
    [Get] ValueTask<double> SiteLatitudeAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the site's latitude, degrees, -90 to 90.</summary>
    [Set] ValueTask SetSiteLatitudeAsync(double siteLatitude, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Longitude of the site, degrees, east positive.</summary>
    [Get] ValueTask<double> SiteLongitudeAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the site's longitude, degrees, -180 to 180.</summary>
    [Set] ValueTask SetSiteLongitudeAsync(double siteLongitude, CancellationToken cancel = default) => NotImplemented();

    /// <summary>True while the mount slews, homes, parks or is moved by hand; not while it tracks or guides. The completion property of slews.</summary>
    [Get, InDeviceState] ValueTask<bool> SlewingAsync(CancellationToken cancel = default);

    /// <summary>Pause after a slew before it counts as done, seconds.</summary>
    [Get] ValueTask<int> SlewSettleTimeAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Sets the pause after a slew, seconds, 0 or more.</summary>
    [Set] ValueTask SetSlewSettleTimeAsync(int slewSettleTime, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Declination of the target, degrees. ValueNotSet until set.</summary>
    [Get] ValueTask<double> TargetDeclinationAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the target's declination, degrees, -90 to 90.</summary>
    [Set] ValueTask SetTargetDeclinationAsync(double targetDeclination, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Right ascension of the target, hours. ValueNotSet until set.</summary>
    [Get] ValueTask<double> TargetRightAscensionAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the target's right ascension, hours, 0 up to but not including 24.</summary>
    [Set] ValueTask SetTargetRightAscensionAsync(double targetRightAscension, CancellationToken cancel = default) => NotImplemented();

    /// <summary>True while the mount follows the sky.</summary>
    [Get, InDeviceState] ValueTask<bool> TrackingAsync(CancellationToken cancel = default);

    /// <summary>Switches tracking. Switching it on is refused while parked (0x408).</summary>
    [Set] ValueTask SetTrackingAsync(bool tracking, CancellationToken cancel = default) => NotImplemented();

    /// <summary>The speed of tracking.</summary>
    [Get] ValueTask<DriveRate> TrackingRateAsync(CancellationToken cancel = default);

    /// <summary>Sets the speed of tracking to one of <see cref="TrackingRatesAsync"/>.</summary>
    [Set] ValueTask SetTrackingRateAsync(DriveRate trackingRate, CancellationToken cancel = default);

    /// <summary>The tracking speeds this mount has; at least sidereal.</summary>
    [Get] ValueTask<IReadOnlyList<DriveRate>> TrackingRatesAsync(CancellationToken cancel = default);

    /// <summary>The mount's own clock, UTC.</summary>
    [Get, InDeviceState] ValueTask<DateTimeOffset> UTCDateAsync(CancellationToken cancel = default);

    /// <summary>Sets the mount's clock, UTC.</summary>
    [Set] ValueTask SetUTCDateAsync(DateTimeOffset utcDate, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Stops any slew at once. Refused while parked (0x408); does not stop tracking.</summary>
    [Put] ValueTask AbortSlewAsync(CancellationToken cancel = default);

    /// <summary>The speeds at which <see cref="MoveAxisAsync"/> can move an axis: ranges that do not overlap; empty if it cannot.</summary>
    [Get] ValueTask<IReadOnlyList<AxisRate>> AxisRatesAsync(TelescopeAxis axis, CancellationToken cancel = default);

    /// <summary>True if <see cref="MoveAxisAsync"/> can move this axis.</summary>
    [Get] ValueTask<bool> CanMoveAxisAsync(TelescopeAxis axis, CancellationToken cancel = default);

    /// <summary>The pointing state a slew to these coordinates would end in if it began now.</summary>
    [Get] ValueTask<PierSide> DestinationSideOfPierAsync(double rightAscension, double declination, CancellationToken cancel = default) => NotImplemented<PierSide>();

    /// <summary>Starts to search the home position and returns; done when <see cref="AtHomeAsync"/> is true.</summary>
    [Put] ValueTask FindHomeAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Moves an axis at a constant rate until told otherwise; rate 0 stops it and restores tracking as it was.</summary>
    /// <param name="axis">Primary: right ascension or azimuth. Secondary: declination or altitude.</param>
    /// <param name="rate">Degrees per second, signed, within one of <see cref="AxisRatesAsync"/>, or 0.</param>
    [Put] ValueTask MoveAxisAsync(TelescopeAxis axis, double rate, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to park and returns; done when <see cref="AtParkAsync"/> is true. Harmless when parked.</summary>
    [Put] ValueTask ParkAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts a guide pulse and returns; done when <see cref="IsPulseGuidingAsync"/> is false.</summary>
    /// <param name="direction">Where the telescope moves on the sky.</param>
    /// <param name="duration">Milliseconds, 0 or more.</param>
    [Put] ValueTask PulseGuideAsync(GuideDirection direction, int duration, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Makes the present position the park position.</summary>
    [Put] ValueTask SetParkAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Slews to altitude and azimuth and waits for it. Tracking must be off.</summary>
    [Put] ValueTask SlewToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts a slew to altitude and azimuth and returns; done when <see cref="SlewingAsync"/> is false. Tracking must be off (0x40B).</summary>
    /// <param name="azimuth">Degrees, 0 to 360.</param>
    /// <param name="altitude">Degrees, -90 to 90.</param>
    [Put("SlewToAltAzAsync")] ValueTask StartSlewToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Slews to equatorial coordinates and waits for it. Tracking must be on.</summary>
    [Put] ValueTask SlewToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts a slew to equatorial coordinates, which become the target, and returns; done when <see cref="SlewingAsync"/> is false. Tracking must be on (0x40B).</summary>
    /// <param name="rightAscension">Hours, 0 up to but not including 24.</param>
    /// <param name="declination">Degrees, -90 to 90.</param>
    [Put("SlewToCoordinatesAsync")] ValueTask StartSlewToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Slews to the target and waits for it. Tracking must be on.</summary>
    [Put] ValueTask SlewToTargetAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts a slew to the target and returns; done when <see cref="SlewingAsync"/> is false. Tracking must be on (0x40B).</summary>
    [Put("SlewToTargetAsync")] ValueTask StartSlewToTargetAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Declares that the mount points to this altitude and azimuth, without moving.</summary>
    [Put] ValueTask SyncToAltAzAsync(double azimuth, double altitude, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Declares that the mount points to these equatorial coordinates, which become the target, without moving.</summary>
    [Put] ValueTask SyncToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Declares that the mount points to the target, without moving.</summary>
    [Put] ValueTask SyncToTargetAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Takes the mount out of the park state; tracking stays off unless the mount turns it on itself. Harmless when not parked.</summary>
    [Put] ValueTask UnparkAsync(CancellationToken cancel = default) => NotImplemented();
}

/// <summary>How a mount is built and aligned.</summary>
public enum AlignmentMode
{
    AltAz = 0,

    /// <summary>Equatorial, other than German: fork or horseshoe.</summary>
    Polar = 1,
    GermanPolar = 2,
}

/// <summary>A system of equatorial coordinates.</summary>
public enum EquatorialCoordinateType
{
    /// <summary>Unknown to the mount; treated as <see cref="Topocentric"/>.</summary>
    Other = 0,

    /// <summary>Apparent, of date, seen from the site.</summary>
    Topocentric = 1,
    J2000 = 2,
    J2050 = 3,
    B1950 = 4,
}

/// <summary>A speed of tracking.</summary>
public enum DriveRate
{
    Sidereal = 0,
    Lunar = 1,
    Solar = 2,

    /// <summary>Sidereal with the mean refraction near the pole taken in.</summary>
    King = 3,
}

/// <summary>The pointing state of a German equatorial mount, named after the side of the pier in the normal state.</summary>
public enum PierSide
{
    Unknown = -1,

    /// <summary>Normal: the mount is on the east side of the pier, looking west.</summary>
    East = 0,

    /// <summary>Beyond the pole: the mount is on the west side of the pier, looking east.</summary>
    West = 1,
}

/// <summary>An axis of a mount.</summary>
public enum TelescopeAxis
{
    /// <summary>Right ascension or azimuth.</summary>
    Primary = 0,

    /// <summary>Declination or altitude.</summary>
    Secondary = 1,

    /// <summary>An image rotator on the mount.</summary>
    Tertiary = 2,
}
