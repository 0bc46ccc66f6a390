namespace Sequencer.Core.Scheduling;

/// <summary>What one rule says of one observation.</summary>
/// <param name="Veto">Why it cannot be observed now; null when it can.</param>
/// <param name="Score">Its merit by this rule, already times the weight.</param>
public readonly record struct ConstraintScore(string? Veto, double Score)
{
    /// <summary>It cannot be observed now.</summary>
    public static ConstraintScore Vetoed(string why) => new(why, 0);
}
