namespace Alpaca.Astronomy;

/// <summary>How much of the Moon is lit, as seen from the centre of the Earth.</summary>
/// <param name="Fraction">Lit part of the disc, 0 to 1.</param>
/// <param name="PhaseAngle">Angle at the Moon from Sun to Earth: 0 at full, 180 degrees at new moon.</param>
/// <param name="Elongation">Ecliptic longitude of the Moon minus that of the Sun: 0 new, 90 first quarter, 180 full, 270 degrees last quarter.</param>
public readonly record struct MoonPhase(double Fraction, Angle PhaseAngle, Angle Elongation)
{
    private const double Obliquity = 23.4392794 * Math.PI / 180;

    /// <summary>True from new to full moon.</summary>
    public bool Waxing => Elongation.Degrees < 180;

    internal static MoonPhase At(double ttDays)
    {
        var (sx, sy, sz) = Ephemeris.Geocentric(Body.Sun, ttDays);
        var (mx, my, mz) = Ephemeris.Geocentric(Body.Moon, ttDays);
        var toSun = UnitVector.Normalised(sx - mx, sy - my, sz - mz);
        var toEarth = UnitVector.Normalised(-mx, -my, -mz);
        var angle = toSun.Separation(toEarth);
        return new((1 + Math.Cos(angle.Radians)) / 2, angle, (EclipticLongitude(mx, my, mz) - EclipticLongitude(sx, sy, sz)).Wrapped());
    }

    private static Angle EclipticLongitude(double x, double y, double z)
    {
        var (sin, cos) = Math.SinCos(Obliquity);
        return Angle.FromRadians(Math.Atan2((cos * y) + (sin * z), x));
    }
}
