namespace Sequencer.Core.Scheduling;

/// <summary>Rules out what has been visited tonight, by name.</summary>
/// <param name="interruptedVisits">How many visits that were cut short (by weather, say) do not count, so that the target gets another try.</param>
/// <param name="defaultScore">Score of an unvisited target before the weight.</param>
/// <param name="weight">Factor of the score.</param>
public sealed class AlreadyVisitedConstraint(int interruptedVisits = 0, double defaultScore = 0, double weight = 1) : IConstraint
{
    /// <inheritdoc/>
    public string Name => "AlreadyVisited";

    /// <inheritdoc/>
    public ConstraintScore Judge(SchedulingMoment moment, Observation observation)
    {
        var visits = moment.Observed.Where(visit => visit.Name == observation.Name).ToList();
        if (visits.Any(visit => visit.Completed))
            return ConstraintScore.Vetoed("has been observed tonight");
        return visits.Count > interruptedVisits
            ? ConstraintScore.Vetoed(visits.Count == 1 ? "has been visited tonight" : $"has been tried {visits.Count} times tonight")
            : new(null, weight * defaultScore);
    }
}
