using System.Globalization;

namespace Sequencer.Core.Scheduling;

/// <summary>Rules out what is below the horizon line.</summary>
/// <param name="line">The lowest altitude for each azimuth.</param>
/// <param name="weight">Score of a target that is up.</param>
public sealed class AltitudeConstraint(HorizonLine line, double weight = 1) : IConstraint
{
    /// <inheritdoc/>
    public string Name => "Altitude";

    /// <inheritdoc/>
    public ConstraintScore Judge(SchedulingMoment moment, Observation observation)
    {
        var place = moment.Sky.Horizontal(observation.Field, moment.Now);
        var needed = line[place.Azimuth.Degrees];
        return place.Altitude.Degrees < needed
            ? ConstraintScore.Vetoed(string.Create(CultureInfo.InvariantCulture, $"at altitude {place.Altitude.Degrees:0.0} deg, below the horizon of {needed:0.0} deg"))
            : new(null, weight);
    }
}
