using Alpaca.Contract;

namespace Alpaca.Hosting.Tests.Devices;

/// <summary>A mount that stands still and remembers what it is told.</summary>
internal sealed class TestTelescope : TestDevice, ITelescope
{
    private static readonly DriveRate[] s_rates = [DriveRate.Sidereal, DriveRate.King];
    private double? _targetDeclination;
    private DateTimeOffset _utcDate;
    private DriveRate _rate;

    public ValueTask<bool> AtHomeAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> AtParkAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<double> DeclinationAsync(CancellationToken cancel = default) => new(12.5);

    public ValueTask<EquatorialCoordinateType> EquatorialSystemAsync(CancellationToken cancel = default) => new(EquatorialCoordinateType.Topocentric);

    public ValueTask<double> RightAscensionAsync(CancellationToken cancel = default) => new(double.NaN);

    public ValueTask<PierSide> SideOfPierAsync(CancellationToken cancel = default) => new(PierSide.Unknown);

    public ValueTask<double> SiderealTimeAsync(CancellationToken cancel = default) => new(double.PositiveInfinity);

    public ValueTask<bool> SlewingAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<double> TargetDeclinationAsync(CancellationToken cancel = default) =>
        new(_targetDeclination ?? throw AlpacaException.ValueNotSet("TargetDeclination has not been set."));

    public ValueTask SetTargetDeclinationAsync(double targetDeclination, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(targetDeclination, -90, 90);
        _targetDeclination = targetDeclination;
        return default;
    }

    public ValueTask<bool> TrackingAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<DriveRate> TrackingRateAsync(CancellationToken cancel = default) => new(_rate);

    public ValueTask SetTrackingRateAsync(DriveRate trackingRate, CancellationToken cancel = default)
    {
        _rate = trackingRate;
        return default;
    }

    public ValueTask<IReadOnlyList<DriveRate>> TrackingRatesAsync(CancellationToken cancel = default) => new(s_rates);

    public ValueTask<DateTimeOffset> UTCDateAsync(CancellationToken cancel = default) => new(_utcDate);

    public ValueTask SetUTCDateAsync(DateTimeOffset utcDate, CancellationToken cancel = default)
    {
        _utcDate = utcDate;
        return default;
    }

    public ValueTask AbortSlewAsync(CancellationToken cancel = default) => default;

    public ValueTask<IReadOnlyList<AxisRate>> AxisRatesAsync(TelescopeAxis axis, CancellationToken cancel = default) =>
        new(axis == TelescopeAxis.Primary ? [new AxisRate(0.5, 4)] : []);

    public ValueTask<bool> CanMoveAxisAsync(TelescopeAxis axis, CancellationToken cancel = default) => new(axis != TelescopeAxis.Tertiary);

    public ValueTask ParkAsync(CancellationToken cancel = default) => default;

    public ValueTask<string> ActionAsync(string action, string parameters, CancellationToken cancel = default) =>
        action == "echo" ? new(parameters) : throw AlpacaException.UnknownAction(action);
}
