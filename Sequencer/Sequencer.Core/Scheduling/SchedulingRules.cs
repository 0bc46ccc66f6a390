namespace Sequencer.Core.Scheduling;

/// <summary>What a scheduler is built from beside the target list.</summary>
public sealed record SchedulingRules
{
    /// <summary>The rules every target has to pass.</summary>
    public IReadOnlyList<IConstraint> Constraints { get; init; } = [];

    /// <summary>Sun altitude at which the night ends, degrees.</summary>
    public double ObserveHorizonDegrees { get; init; } = -18;

    /// <summary>A target below this altitude cannot be kept on, degrees.</summary>
    public double HorizonDegrees { get; init; } = 30;

    /// <summary>The current target is left only for a merit higher than its own by this fraction.</summary>
    public double Hysteresis { get; init; } = 0.05;

    /// <summary>First estimate of the time between exposures; measured cadence replaces it.</summary>
    public TimeSpan Overhead { get; init; }

    /// <summary>Read the target list again for every choice.</summary>
    public bool RereadEveryTime { get; init; }
}
