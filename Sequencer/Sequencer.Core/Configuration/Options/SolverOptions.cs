namespace Sequencer.Core.Configuration;

/// <summary>The plate solver.</summary>
public sealed record SolverOptions
{
    /// <summary>Which solver.</summary>
    public SolverKind Kind { get; init; } = SolverKind.Astrometry;

    /// <summary>How far from the commanded position the solver looks, degrees.</summary>
    public double RadiusDegrees { get; init; } = 15;

    /// <summary>A solution that takes longer (real time) has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
