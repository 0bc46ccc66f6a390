using System.Globalization;

namespace Sequencer.Core.Scheduling;

/// <summary>Rules out what is near the Moon; the farther, the better. A target called "moon" is not judged.</summary>
/// <param name="separationDegrees">Smallest allowed distance.</param>
/// <param name="weight">Score of the point opposite the Moon.</param>
public sealed class MoonAvoidanceConstraint(double separationDegrees = 15, double weight = 1) : IConstraint
{
    /// <inheritdoc/>
    public string Name => "MoonAvoidance";

    /// <inheritdoc/>
    public ConstraintScore Judge(SchedulingMoment moment, Observation observation)
    {
        if (string.Equals(observation.Name, "moon", StringComparison.OrdinalIgnoreCase))
            return new(null, 0);
        var separation = moment.Sky.MoonSeparationDegrees(observation.Field, moment.Now);
        return separation < separationDegrees
            ? ConstraintScore.Vetoed(string.Create(CultureInfo.InvariantCulture, $"{separation:0.0} deg from the Moon"))
            : new(null, weight * separation / 180);
    }
}
