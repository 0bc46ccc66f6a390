namespace Sequencer.Core.Scheduling;

/// <summary>One choice, with everything that led to it.</summary>
public sealed record SchedulingDecision
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The target chosen; null when nothing can be observed.</summary>
    public Observation? Selected { get; init; }

    /// <summary>Merit of the chosen one; 0 when none.</summary>
    public double Merit { get; init; }

    /// <summary>True when the current target was kept, by hysteresis or because nothing else can be observed.</summary>
    public bool Kept { get; init; }

    /// <summary>All that can be observed, best first.</summary>
    public required IReadOnlyList<RankedObservation> Ranking { get; init; }

    /// <summary>Why the others cannot, by target.</summary>
    public required IReadOnlyDictionary<string, string> Vetoes { get; init; }
}
