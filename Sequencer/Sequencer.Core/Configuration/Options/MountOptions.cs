namespace Sequencer.Core.Configuration;

/// <summary>How the mount is used.</summary>
public sealed record MountOptions
{
    /// <summary>Tracking and guiding.</summary>
    public MountSettings Settings { get; init; } = new();

    /// <summary>A slew that takes longer is aborted.</summary>
    public TimeSpan SlewTimeout { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Parking that takes longer has failed.</summary>
    public TimeSpan ParkTimeout { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Homing that takes longer has failed.</summary>
    public TimeSpan HomeTimeout { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>How often parking is tried before a person is called.</summary>
    public int NumParkAttempts { get; init; } = 3;

    /// <summary>Where a mount that cannot park (CanPark false) rests instead, without tracking.</summary>
    public ParkFallback ParkFallback { get; init; } = ParkFallback.Home;

    /// <summary>Altitude of that place, degrees: for <see cref="ParkFallback.Altaz"/>, and for a mount that has no home.</summary>
    public double ParkAltitudeDegrees { get; init; } = 30;

    /// <summary>Azimuth of that place, degrees from north through east.</summary>
    public double ParkAzimuthDegrees { get; init; }

    /// <summary>How far the mount's clock may differ from ours; beyond, slews are refused.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far the mount's idea of the site may differ from ours, degrees; beyond, slews are refused.</summary>
    public double SiteToleranceDegrees { get; init; } = 0.1;

    /// <summary>The telescope does not track below this altitude, degrees. A higher limit that the driver tells counts instead.</summary>
    public double AltitudeLimitDegrees { get; init; }

    /// <summary>How far past the meridian the mount may track before it is turned over, degrees; null leaves it to what the driver tells. The stricter of both counts.</summary>
    public double? MeridianLimitDegrees { get; init; }
}
