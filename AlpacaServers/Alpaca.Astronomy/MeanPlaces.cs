using Alpaca.Astronomy.Erfa;

namespace Alpaca.Astronomy;

/// <summary>ICRS to and from the mean equator and equinox of a date.</summary>
public static unsafe class MeanPlaces
{
    private const double J2000 = 2451545.0;

    /// <summary>ICRS to a fixed equatorial system (J2000, J2050, B1950).</summary>
    public static EquatorialPosition FromIcrs(SkyPosition star, EquatorialSystem system)
    {
        switch (system)
        {
            case EquatorialSystem.J2000:
                return new(star.RightAscension, star.Declination);
            case EquatorialSystem.J2050:
                return Precess(star, 2050);
            case EquatorialSystem.B1950:
                EraFunctions.Fk54z(star.RightAscension.Radians, star.Declination.Radians, 1950, out var r, out var d, out _, out _);
                return new(Angle.FromRadians(r).Wrapped(), Angle.FromRadians(d));
            default:
                throw new ArgumentOutOfRangeException(nameof(system), system, "The place of date needs a site and a time: use SkyTransform.");
        }
    }

    /// <summary>A fixed equatorial system (J2000, J2050, B1950) to ICRS.</summary>
    public static SkyPosition ToIcrs(EquatorialPosition place, EquatorialSystem system)
    {
        switch (system)
        {
            case EquatorialSystem.J2000:
                return new(place.RightAscension, place.Declination);
            case EquatorialSystem.J2050:
                return Unprecess(place, 2050);
            case EquatorialSystem.B1950:
                EraFunctions.Fk45z(place.RightAscension.Radians, place.Declination.Radians, 1950, out var r, out var d);
                return new(Angle.FromRadians(r).Wrapped(), Angle.FromRadians(d));
            default:
                throw new ArgumentOutOfRangeException(nameof(system), system, "The place of date needs a site and a time: use SkyTransform.");
        }
    }

    /// <summary>ICRS to the mean equator and equinox of a Julian epoch (IAU 2006 precession).</summary>
    public static EquatorialPosition Precess(SkyPosition star, double julianEpoch)
    {
        var m = stackalloc double[9];
        EraFunctions.Pmat06(J2000, (julianEpoch - 2000) * 365.25, m);
        var v = star.Vector;
        var turned = new UnitVector((m[0] * v.X) + (m[1] * v.Y) + (m[2] * v.Z), (m[3] * v.X) + (m[4] * v.Y) + (m[5] * v.Z), (m[6] * v.X) + (m[7] * v.Y) + (m[8] * v.Z));
        return new(turned.Longitude, turned.Latitude);
    }

    /// <summary>The mean equator and equinox of a Julian epoch to ICRS.</summary>
    public static SkyPosition Unprecess(EquatorialPosition place, double julianEpoch)
    {
        var m = stackalloc double[9];
        EraFunctions.Pmat06(J2000, (julianEpoch - 2000) * 365.25, m);
        var v = UnitVector.From(place.RightAscension, place.Declination);
        return SkyPosition.FromVector(new((m[0] * v.X) + (m[3] * v.Y) + (m[6] * v.Z), (m[1] * v.X) + (m[4] * v.Y) + (m[7] * v.Z), (m[2] * v.X) + (m[5] * v.Y) + (m[8] * v.Z)));
    }
}
