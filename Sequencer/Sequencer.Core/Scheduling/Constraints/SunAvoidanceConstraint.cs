using System.Globalization;

namespace Sequencer.Core.Scheduling;

/// <summary>Rules out what comes near the Sun at any time of the visit (sampled each minute).</summary>
/// <param name="minSeparationDegrees">Smallest allowed distance.</param>
/// <param name="weight">Score of a target that stays clear.</param>
public sealed class SunAvoidanceConstraint(double minSeparationDegrees = 10, double weight = 1) : IConstraint
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    public string Name => "SunAvoidance";

    /// <inheritdoc/>
    public ConstraintScore Judge(SchedulingMoment moment, Observation observation)
    {
        var end = moment.Now + observation.VisitDuration(moment.Overhead) + Reserve;
        for (var time = moment.Now; time <= end; time += Step)
        {
            var separation = moment.Sky.SunSeparationDegrees(observation.Field, time);
            if (separation < minSeparationDegrees)
                return ConstraintScore.Vetoed(string.Create(CultureInfo.InvariantCulture, $"{separation:0.0} deg from the Sun at {time.UtcDateTime:HH:mm}"));
        }
        return new(null, weight);
    }
}
