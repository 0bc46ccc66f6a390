using Alpaca.Astronomy;

namespace Sequencer.Core.Scheduling;

/// <summary>What the scheduler needs to know of the sky above one site. All times are UTC, all altitudes topocentric, without refraction.</summary>
public interface INightSky
{
    /// <summary>Altitude of the Sun, degrees.</summary>
    double SunAltitudeDegrees(DateTimeOffset time);

    /// <summary>Where a field stands.</summary>
    HorizontalPosition Horizontal(Field field, DateTimeOffset time);

    /// <summary>Angle between the topocentric Moon and a field, degrees.</summary>
    double MoonSeparationDegrees(Field field, DateTimeOffset time);

    /// <summary>Angle between the Sun and a field, degrees.</summary>
    double SunSeparationDegrees(Field field, DateTimeOffset time);

    /// <summary>When the Sun next rises through an altitude: the end of this night, or of the next one by day. Null when it does not within two days.</summary>
    DateTimeOffset? NextSunRise(double altitudeDegrees, DateTimeOffset time);

    /// <summary>When a field next sinks through an altitude. Null when it never does (circumpolar, or never up).</summary>
    DateTimeOffset? NextSetting(Field field, double altitudeDegrees, DateTimeOffset time);

    /// <summary>When a field next crosses the meridian at its highest.</summary>
    DateTimeOffset NextTransit(Field field, DateTimeOffset time);
}
