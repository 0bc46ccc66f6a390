using Alpaca.Contract;

namespace Sequencer.Core.Tests.Equipment;

/// <summary>A mount that takes a while for everything, and can be told to misbehave.</summary>
internal sealed class TestTelescope(TimeProvider clock) : TestDevice(clock), ITelescope
{
    private DateTimeOffset _slewEnds;
    private DateTimeOffset _parkEnds = DateTimeOffset.MaxValue;
    private (double Ra, double Dec) _target = (5, 20);
    private bool _parked = true;

    public bool NeverArrives { get; set; }

    public bool NeverParks { get; set; }

    public double LandsOffDegrees { get; set; }

    public double Latitude { get; set; } = 19.54;

    public double Longitude { get; set; } = -155.58;

    public bool SiteIsFixed { get; set; }

    public TimeSpan ClockError { get; set; }

    public PierSide Side { get; set; } = PierSide.East;

    public bool CanSyncIt { get; init; } = true;

    public EquatorialCoordinateType System { get; init; } = EquatorialCoordinateType.Topocentric;

    public bool IsTracking { get; set; }

    public bool IsParked
    {
        get
        {
            if (!_parked && Clock.GetUtcNow() >= _parkEnds) (_parked, IsTracking) = (true, false);
            return _parked;
        }
    }

    public (double Ra, double Dec) Commanded => _target;

    public double? Reported { get; set; }

    private bool IsSlewing => Clock.GetUtcNow() < _slewEnds;

    public ValueTask<bool> AtHomeAsync(CancellationToken cancel = default) => Answer(false);

    public ValueTask<bool> AtParkAsync(CancellationToken cancel = default) => Answer(IsParked);

    public ValueTask<bool> CanParkAsync(CancellationToken cancel = default) => Answer(true);

    public ValueTask<bool> CanStartSlewAsync(CancellationToken cancel = default) => Answer(true);

    public ValueTask<bool> CanSetTrackingAsync(CancellationToken cancel = default) => Answer(true);

    public ValueTask<bool> CanSyncAsync(CancellationToken cancel = default) => Answer(CanSyncIt);

    public ValueTask<double> RightAscensionAsync(CancellationToken cancel = default) => Answer(Reported ?? _target.Ra);

    public ValueTask<double> DeclinationAsync(CancellationToken cancel = default) => Answer(_target.Dec + LandsOffDegrees);

    public ValueTask<EquatorialCoordinateType> EquatorialSystemAsync(CancellationToken cancel = default) => Answer(System);

    public ValueTask<double> SiderealTimeAsync(CancellationToken cancel = default) => Answer(0.0);

    public ValueTask<double> SiteLatitudeAsync(CancellationToken cancel = default) => Answer(Latitude);

    public ValueTask SetSiteLatitudeAsync(double siteLatitude, CancellationToken cancel = default)
    {
        if (SiteIsFixed) throw AlpacaException.NotImplemented();
        Latitude = siteLatitude;
        return Accept("site");
    }

    public ValueTask<double> SiteLongitudeAsync(CancellationToken cancel = default) => Answer(Longitude);

    public ValueTask<PierSide> SideOfPierAsync(CancellationToken cancel = default) => Answer(Side);

    /// <summary>Hour angle, hours, at which a slew would end on the east side; null if the mount cannot tell.</summary>
    public double? FlipsAtHours { get; set; }

    /// <summary>What the driver tells of its limits, by action.</summary>
    public Dictionary<string, string> Actions { get; } = [];

    public ValueTask<AlignmentMode> AlignmentModeAsync(CancellationToken cancel = default) => Answer(AlignmentMode.GermanPolar);

    public ValueTask<IReadOnlyList<string>> SupportedActionsAsync(CancellationToken cancel = default) => Answer<IReadOnlyList<string>>([.. Actions.Keys]);

    public ValueTask<string> ActionAsync(string action, string parameters, CancellationToken cancel = default) => Answer(Actions[action]);

    public ValueTask<PierSide> DestinationSideOfPierAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        if (FlipsAtHours is not { } flips) throw AlpacaException.NotImplemented();
        var sky = Alpaca.Astronomy.SkyTransform.At(Alpaca.Astronomy.Site.FromDegrees("here", Latitude, Longitude, 3400), Clock.GetUtcNow());
        var hourAngle = Math.IEEERemainder(sky.LocalApparentSiderealTime.Hours - rightAscension, 24);
        return Answer(hourAngle < flips ? PierSide.West : PierSide.East);
    }

    public ValueTask<bool> SlewingAsync(CancellationToken cancel = default) => Answer(IsSlewing);

    public ValueTask<bool> TrackingAsync(CancellationToken cancel = default) => Answer(IsTracking);

    public ValueTask SetTrackingAsync(bool tracking, CancellationToken cancel = default)
    {
        IsTracking = tracking;
        return Accept(tracking ? "track" : "stop tracking");
    }

    public ValueTask<DriveRate> TrackingRateAsync(CancellationToken cancel = default) => Answer(DriveRate.Sidereal);

    public ValueTask SetTrackingRateAsync(DriveRate trackingRate, CancellationToken cancel = default) => Accept("rate");

    public ValueTask<IReadOnlyList<DriveRate>> TrackingRatesAsync(CancellationToken cancel = default) => Answer<IReadOnlyList<DriveRate>>([DriveRate.Sidereal]);

    public ValueTask<DateTimeOffset> UTCDateAsync(CancellationToken cancel = default) => Answer(Clock.GetUtcNow() + ClockError);

    public ValueTask AbortSlewAsync(CancellationToken cancel = default)
    {
        _slewEnds = Clock.GetUtcNow();
        return Accept("abort");
    }

    public ValueTask<IReadOnlyList<AxisRate>> AxisRatesAsync(TelescopeAxis axis, CancellationToken cancel = default) => Answer<IReadOnlyList<AxisRate>>([]);

    public ValueTask<bool> CanMoveAxisAsync(TelescopeAxis axis, CancellationToken cancel = default) => Answer(false);

    public ValueTask ParkAsync(CancellationToken cancel = default)
    {
        if (!NeverParks && !IsParked) _parkEnds = Clock.GetUtcNow() + TimeSpan.FromSeconds(15);
        return Accept("park");
    }

    public ValueTask UnparkAsync(CancellationToken cancel = default)
    {
        (_parked, _parkEnds) = (false, DateTimeOffset.MaxValue);
        return Accept("unpark");
    }

    public ValueTask StartSlewToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        if (IsParked) throw AlpacaException.Parked("Parked.");
        var accepted = Accept("slew");
        _target = (rightAscension, declination);
        _slewEnds = NeverArrives ? DateTimeOffset.MaxValue : Clock.GetUtcNow() + TimeSpan.FromSeconds(10);
        return accepted;
    }

    public ValueTask SyncToCoordinatesAsync(double rightAscension, double declination, CancellationToken cancel = default)
    {
        _target = (rightAscension, declination);
        return Accept("sync");
    }
}
