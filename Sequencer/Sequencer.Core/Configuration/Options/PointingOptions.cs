namespace Sequencer.Core.Configuration;

/// <summary>Pointing by plate solution.</summary>
public sealed record PointingOptions
{
    /// <summary>Exposures taken to get on target. Zero turns pointing off.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>Sync and slew again when the target is missed by more than the threshold.</summary>
    public bool AutoCorrect { get; init; } = true;

    /// <summary>Allowed error on the sky in each axis, arcseconds.</summary>
    public double ThresholdArcsec { get; init; } = 100;

    /// <summary>Length of a pointing exposure.</summary>
    public TimeSpan Exptime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What to do when the target is still missed after the last attempt.</summary>
    public PointingFailure OnFailure { get; init; } = PointingFailure.Proceed;
}
