namespace Sequencer.Core.Scheduling;

/// <summary>What all rules share while one choice is made.</summary>
public sealed record SchedulingMoment
{
    /// <summary>The time of the choice.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The sky.</summary>
    public required INightSky Sky { get; init; }

    /// <summary>When the Sun rises through the observing horizon: tonight's end, or by day the next night's.</summary>
    public required DateTimeOffset EndOfNight { get; init; }

    /// <summary>Time between the end of an exposure and the start of the next.</summary>
    public TimeSpan Overhead { get; init; }

    /// <summary>The visits of this night, oldest first.</summary>
    public IReadOnlyList<ObservedVisit> Observed { get; init; } = [];
}
