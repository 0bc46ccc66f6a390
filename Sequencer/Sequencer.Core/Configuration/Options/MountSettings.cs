namespace Sequencer.Core.Configuration;

/// <summary>Tracking and guiding.</summary>
public sealed record MountSettings
{
    /// <summary>Measure the drift between frames and correct it.</summary>
    public bool UpdateTracking { get; init; }

    /// <summary>Pulses up to this length are not sent.</summary>
    public TimeSpan MinTrackingThreshold { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Pulses are cut to this length.</summary>
    public TimeSpan MaxTrackingThreshold { get; init; } = TimeSpan.FromMilliseconds(99999);

    /// <summary>The driver swaps north and south after a meridian flip (against the standard).</summary>
    public bool GuideDecFlip { get; init; }
}
