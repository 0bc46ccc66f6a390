using System.Globalization;

namespace Sequencer.Core.Scheduling;

/// <summary>Rules out what cannot be finished: because it sinks, the night ends, or it would cross the meridian during the visit. The more of the night it lasts, the better.</summary>
/// <param name="horizonDegrees">It must stay above this altitude.</param>
/// <param name="meridianMargin">How long past the meridian the mount may go on.</param>
/// <param name="weight">Score of a target that lasts all night.</param>
public sealed class DurationConstraint(double horizonDegrees, TimeSpan meridianMargin = default, double weight = 1) : IConstraint
{
    /// <inheritdoc/>
    public string Name => "Duration";

    /// <inheritdoc/>
    public ConstraintScore Judge(SchedulingMoment moment, Observation observation)
    {
        var (sky, field, now, night) = (moment.Sky, observation.Field, moment.Now, moment.EndOfNight);
        if (sky.Horizontal(field, now).Altitude.Degrees < horizonDegrees)
            return ConstraintScore.Vetoed(string.Create(CultureInfo.InvariantCulture, $"below {horizonDegrees:0.0} deg"));
        var needed = observation.VisitDuration(moment.Overhead);
        var transit = sky.NextTransit(field, now);
        if (transit < night && now + needed > transit + meridianMargin)
            return ConstraintScore.Vetoed(string.Create(CultureInfo.InvariantCulture, $"would cross the meridian at {transit.UtcDateTime:HH:mm}, {Minutes(transit - now)} from now, in a visit of {Minutes(needed)}"));
        // What never sets lasts until the night ends.
        var end = sky.NextSetting(field, horizonDegrees, now) is { } setting && setting < night ? setting : night;
        var left = end - now;
        return left < needed
            ? ConstraintScore.Vetoed($"only {Minutes(left)} are left for a visit of {Minutes(needed)}")
            : new(null, weight * (left / (night - now)));
    }

    private static string Minutes(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min");
}
