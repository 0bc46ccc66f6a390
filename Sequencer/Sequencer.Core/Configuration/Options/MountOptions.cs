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

    /// <summary>How far the mount's clock may differ from ours; beyond, slews are refused.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far the mount's idea of the site may differ from ours, degrees; beyond, slews are refused.</summary>
    public double SiteToleranceDegrees { get; init; } = 0.1;
}
