namespace Sequencer.Core.Scheduling;

/// <summary>One rule of the scheduler.</summary>
public interface IConstraint
{
    /// <summary>Name as in the configuration.</summary>
    string Name { get; }

    /// <summary>Judges one observation.</summary>
    /// <param name="moment">The time, the sky and the night so far.</param>
    /// <param name="observation">What is judged.</param>
    ConstraintScore Judge(SchedulingMoment moment, Observation observation);
}
