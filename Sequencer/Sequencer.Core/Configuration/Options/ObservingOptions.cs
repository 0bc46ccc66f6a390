namespace Sequencer.Core.Configuration;

/// <summary>How a visit is cut.</summary>
public sealed record ObservingOptions
{
    /// <summary>A whole block per visit, or one exposure (needed for tracking correction between exposures).</summary>
    public ExposuresPerVisit ExposuresPerVisit { get; init; } = ExposuresPerVisit.Block;

    /// <summary>How often safety is looked at during an exposure.</summary>
    public TimeSpan SafetyInterval { get; init; } = TimeSpan.FromSeconds(2);
}
