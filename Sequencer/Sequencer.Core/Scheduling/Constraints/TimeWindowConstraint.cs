namespace Sequencer.Core.Scheduling;

/// <summary>Prefers a target within a span of time: a transit, an occultation. It never rules anything out.</summary>
public sealed class TimeWindowConstraint : IConstraint
{
    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _end;
    private readonly double _weight;
    private readonly double _defaultScore;

    /// <summary>Makes the rule.</summary>
    /// <param name="start">First instant of the window.</param>
    /// <param name="end">Last instant, after the start.</param>
    /// <param name="weight">Score within the window.</param>
    /// <param name="defaultScore">Score outside before the weight.</param>
    /// <exception cref="ArgumentException">The end is not after the start.</exception>
    public TimeWindowConstraint(DateTimeOffset start, DateTimeOffset end, double weight = 100, double defaultScore = 0)
    {
        if (end <= start)
            throw new ArgumentException("end_time must be after start_time", nameof(end));
        (_start, _end, _weight, _defaultScore) = (start, end, weight, defaultScore);
    }

    /// <inheritdoc/>
    public string Name => "TimeWindow";

    /// <inheritdoc/>
    public ConstraintScore Judge(SchedulingMoment moment, Observation observation) =>
        new(null, _weight * (moment.Now >= _start && moment.Now <= _end ? 1 : _defaultScore));
}
