using Alpaca.Astronomy;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators;

/// <summary>
/// Brightness of the empty sky, V magnitudes per square arcsecond: airglow of a dark site, moonlight after Krisciunas and Schaefer (1991),
/// and twilight as a function of the Sun's depression (zenith values after Patat et al. 2006, brighter towards the Sun).
/// </summary>
internal sealed class SkyGlow(SimulatedSky sky, WeatherModel weather)
{
    /// <summary>The moonless zenith of a dark site.</summary>
    public const double DarkZenith = 21.7;

    /// <summary>Extinction in V at the zenith, magnitudes per airmass.</summary>
    public const double Extinction = 0.17;

    private static readonly (double SunAltitude, double Magnitude)[] TwilightZenith =
    [
        (-18, 25), (-17, 23.2), (-15, 21.4), (-12, 19.4), (-9, 16.4), (-6, 12.4), (-3, 8.8), (0, 6.3), (5, 4.6), (20, 3.6), (90, 3),
    ];

    /// <summary>Airmass that light crosses and scatters in (Krisciunas and Schaefer's form, finite at the horizon).</summary>
    public static double Airmass(double altitude)
    {
        var cos = Math.Cos(Degrees.ToRadians(Math.Max(altitude, 0)));
        return 1 / Math.Sqrt(1 - (0.96 * cos * cos));
    }

    /// <summary>Illuminance on the ground under a sky of such brightness, lux: 10.8e4 cd/m2 is a magnitude of 0 per square arcsecond.</summary>
    public static double ToLux(double magnitude) => Math.PI * 10.8e4 * Math.Pow(10, -0.4 * magnitude);

    /// <summary>At the zenith.</summary>
    public double ZenithAt(DateTimeOffset time) => At(90, 0, time);

    /// <summary>In a direction, degrees.</summary>
    public double At(double altitude, double azimuth, DateTimeOffset time)
    {
        var transform = SkyTransform.At(sky.Site, time);
        var sun = transform.Sun().Geometric;
        var moon = transform.Moon().Geometric;
        var direction = Vector.FromHorizon(Math.Max(altitude, 0), azimuth);
        var airmass = Airmass(altitude);
        var absorbed = Math.Pow(10, -0.4 * Extinction * (airmass - 1));
        var dark = Nanolamberts(DarkZenith) * absorbed * airmass;
        var moonlight = Moonlight(moon, transform.MoonPhase().PhaseAngle.Degrees, direction, airmass);
        var cloud = weather.At(time).CloudCover / 100;

        // Clouds hide the airglow but scatter the Moon's light all over the sky.
        var night = (dark * (1 - (0.6 * cloud))) + (moonlight * (1 + (2 * cloud)));
        return Magnitude(night + Twilight(sun, direction));
    }

    private static double Moonlight(HorizontalPosition moon, double phaseAngle, Vector direction, double airmass)
    {
        if (moon.Altitude.Degrees < -0.5)
            return 0;
        var separation = Math.Max(direction.AngleTo(Vector.FromHorizon(moon.Altitude.Degrees, moon.Azimuth.Degrees)), 0.25);
        var alpha = Math.Abs(phaseAngle);
        var illuminance = Math.Pow(10, -0.4 * (3.84 + (0.026 * alpha) + (4e-9 * Math.Pow(alpha, 4))));
        var cos = Math.Cos(Degrees.ToRadians(separation));
        var mie = separation < 10 ? 6.2e7 / (separation * separation) : Math.Pow(10, 6.15 - (separation / 40));
        var scattering = (Math.Pow(10, 5.36) * (1.06 + (cos * cos))) + mie;
        return scattering * illuminance
            * Math.Pow(10, -0.4 * Extinction * Airmass(moon.Altitude.Degrees))
            * (1 - Math.Pow(10, -0.4 * Extinction * airmass));
    }

    private static double Twilight(HorizontalPosition sun, Vector direction)
    {
        var altitude = sun.Altitude.Degrees;
        if (altitude < TwilightZenith[0].SunAltitude)
            return 0;
        var i = 1;
        while (TwilightZenith[i].SunAltitude < altitude && i < TwilightZenith.Length - 1)
            i++;
        var (below, above) = (TwilightZenith[i - 1], TwilightZenith[i]);
        var share = (altitude - below.SunAltitude) / (above.SunAltitude - below.SunAltitude);
        var zenith = below.Magnitude + (share * (above.Magnitude - below.Magnitude));

        // Up to a magnitude brighter on the Sun's side of the horizon, as much fainter opposite.
        var toward = Vector.FromHorizon(0, sun.Azimuth.Degrees).Dot(direction);
        return Nanolamberts(zenith - toward);
    }

    private static double Nanolamberts(double magnitude) => 34.08 * Math.Exp(20.7233 - (0.92104 * magnitude));

    private static double Magnitude(double nanolamberts) => (20.7233 - Math.Log(nanolamberts / 34.08)) / 0.92104;
}
