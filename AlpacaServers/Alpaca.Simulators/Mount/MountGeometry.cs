using Alpaca.Contract;

namespace Alpaca.Simulators.Mount;

/// <summary>The angles of a mount's two axes, degrees, not wrapped.</summary>
/// <param name="Primary">Right ascension or azimuth axis.</param>
/// <param name="Secondary">Declination or altitude axis.</param>
internal readonly record struct Axes(double Primary, double Secondary)
{
    public static Axes operator +(Axes a, Axes b) => new(a.Primary + b.Primary, a.Secondary + b.Secondary);

    public static Axes operator -(Axes a, Axes b) => new(a.Primary - b.Primary, a.Secondary - b.Secondary);

    public static Axes operator *(double factor, Axes a) => new(factor * a.Primary, factor * a.Secondary);
}

/// <summary>A direction in the frame that stands still with the Earth, degrees.</summary>
/// <param name="HourAngle">West of the meridian; not wrapped.</param>
/// <param name="Declination">North positive.</param>
internal readonly record struct HourAngleDeclination(double HourAngle, double Declination);

/// <summary>How a tube lies in space: three unit vectors in the horizontal frame.</summary>
/// <param name="Axis">Where it looks.</param>
/// <param name="Up">Perpendicular to it; for a mount in the normal pointing state, towards the elevated pole or the zenith.</param>
/// <param name="Left">Perpendicular to both; in the normal state, to the east when looking at the sky with the pole up.</param>
internal readonly record struct Orientation(Vector Axis, Vector Up, Vector Left);

/// <summary>
/// How a mount's axes relate to the sky. German: the primary axis is 0 with the counterweight down, the secondary 0 at the pole and positive in the
/// normal pointing state (ASCOM's pierEast: looking west). Fork: hour angle and declination. Alt-azimuth: azimuth and altitude.
/// </summary>
/// <param name="mode">How the mount is built.</param>
/// <param name="latitude">What the mount takes for its latitude, degrees.</param>
internal readonly struct MountGeometry(AlignmentMode mode, double latitude)
{
    private double Hemisphere => latitude < 0 ? -1 : 1;

    /// <summary>The axes that point to a direction, in the given pointing state, near the axes of <paramref name="near"/> where a full turn is open.</summary>
    public Axes ToAxes(HourAngleDeclination direction, PierSide side, Axes near)
    {
        switch (mode)
        {
            case AlignmentMode.GermanPolar:
                var distance = 90 - (Hemisphere * direction.Declination);
                return side == PierSide.West
                    ? new(Degrees.WrapSigned(direction.HourAngle + 90), -distance)
                    : new(Degrees.WrapSigned(direction.HourAngle - 90), distance);
            case AlignmentMode.Polar:
                return new(Near(direction.HourAngle, near.Primary), direction.Declination);
            default:
                var (altitude, azimuth) = ToHorizon(direction);
                return new(Near(azimuth, near.Primary), altitude);
        }
    }

    /// <summary>Where the axes point, for a mount without errors.</summary>
    public HourAngleDeclination FromAxes(Axes axes) => mode switch
    {
        AlignmentMode.GermanPolar when axes.Secondary < 0 => Folded(axes.Primary - 90, 90 + axes.Secondary),
        AlignmentMode.GermanPolar => Folded(axes.Primary + 90, 90 - axes.Secondary),
        AlignmentMode.Polar => new(axes.Primary, axes.Secondary),
        _ => FromHorizon(axes.Secondary, axes.Primary),
    };

    /// <summary>The pointing state of a German mount; the other kinds have none.</summary>
    public PierSide SideOf(Axes axes) => mode != AlignmentMode.GermanPolar ? PierSide.Unknown : axes.Secondary < 0 ? PierSide.West : PierSide.East;

    /// <summary>The pointing state in which a German mount reaches a direction with the counterweight down.</summary>
    public PierSide SideFor(HourAngleDeclination direction) =>
        mode != AlignmentMode.GermanPolar ? PierSide.Unknown : Degrees.WrapSigned(direction.HourAngle) < 0 ? PierSide.West : PierSide.East;

    /// <summary>Altitude and azimuth of a direction, degrees.</summary>
    public (double Altitude, double Azimuth) ToHorizon(HourAngleDeclination direction)
    {
        var (sinHa, cosHa) = Math.SinCos(Degrees.ToRadians(direction.HourAngle));
        var (sinDec, cosDec) = Math.SinCos(Degrees.ToRadians(direction.Declination));
        return FromEquator(cosDec * cosHa, cosDec * sinHa, sinDec, latitude).ToHorizon();
    }

    /// <summary>Hour angle and declination of a direction given by altitude and azimuth, degrees.</summary>
    public HourAngleDeclination FromHorizon(double altitude, double azimuth)
    {
        var v = Vector.FromHorizon(altitude, azimuth);
        var (sin, cos) = Math.SinCos(Degrees.ToRadians(latitude));
        var meridian = (cos * v.Z) - (sin * v.X);
        var pole = (sin * v.Z) + (cos * v.X);
        return new(Degrees.FromRadians(Math.Atan2(-v.Y, meridian)), Degrees.FromRadians(Math.Asin(Math.Clamp(pole, -1, 1))));
    }

    /// <summary>How the tube really lies, with the mount's errors, at a site whose true latitude is given, degrees.</summary>
    public Orientation Orient(Axes axes, MountErrors errors, double trueLatitude)
    {
        var (sinCone, cosCone) = Math.SinCos(Degrees.ToRadians(errors.Cone / 60));
        var (axis, up, left) = mode switch
        {
            AlignmentMode.GermanPolar => GermanTube(axes, sinCone, cosCone),
            AlignmentMode.Polar => ForkTube(Degrees.ToRadians(axes.Primary), Degrees.ToRadians(axes.Secondary), sinCone, cosCone),
            _ => AltAzTube(axes, sinCone, cosCone),
        };
        var (sinAz, cosAz) = Math.SinCos(Degrees.ToRadians(errors.AxisAzimuth / 60));
        var tilted = trueLatitude + (errors.AxisAltitude / 60);
        var isEquatorial = mode != AlignmentMode.AltAz;
        Vector Place(Vector v)
        {
            var h = isEquatorial ? FromEquator(v.X, v.Y, v.Z, tilted) : v;
            return new((h.X * cosAz) - (h.Y * sinAz), (h.X * sinAz) + (h.Y * cosAz), h.Z);
        }

        return new(Place(axis), Place(up), Place(left));
    }

    /// <summary>From x to the meridian on the equator, y to the west, z to the north pole, into the horizontal frame.</summary>
    private static Vector FromEquator(double meridian, double west, double pole, double latitude)
    {
        var (sin, cos) = Math.SinCos(Degrees.ToRadians(latitude));
        return new((cos * pole) - (sin * meridian), -west, (sin * pole) + (cos * meridian));
    }

    private (Vector Axis, Vector Up, Vector Left) GermanTube(Axes axes, double sinCone, double cosCone)
    {
        var (sinP, cosP) = Math.SinCos(Degrees.ToRadians(axes.Primary));
        var (sinS, cosS) = Math.SinCos(Degrees.ToRadians(axes.Secondary));
        var hemisphere = Hemisphere;

        // At primary 0 the declination axis lies along x and the tube turns from the elevated pole to the west.
        Vector Turn(double x, double y, double z) => new((x * cosP) - (y * sinP), (x * sinP) + (y * cosP), hemisphere * z);
        return (
            Turn(sinCone, cosCone * sinS, cosCone * cosS),
            Turn(0, -cosS, sinS),
            hemisphere * Turn(cosCone, -sinCone * sinS, -sinCone * cosS));
    }

    private static (Vector Axis, Vector Up, Vector Left) ForkTube(double hourAngle, double declination, double sinCone, double cosCone)
    {
        var (sinH, cosH) = Math.SinCos(hourAngle);
        var (sinD, cosD) = Math.SinCos(declination);
        var straight = new Vector(cosD * cosH, cosD * sinH, sinD);
        var side = new Vector(sinH, -cosH, 0);
        return ((cosCone * straight) + (sinCone * side), new(-sinD * cosH, -sinD * sinH, cosD), (cosCone * side) - (sinCone * straight));
    }

    private static (Vector Axis, Vector Up, Vector Left) AltAzTube(Axes axes, double sinCone, double cosCone)
    {
        var straight = Vector.FromHorizon(axes.Secondary, axes.Primary);
        var up = Vector.FromHorizon(axes.Secondary + 90, axes.Primary);
        var side = Vector.FromHorizon(0, axes.Primary - 90);
        return ((cosCone * straight) + (sinCone * side), up, (cosCone * side) - (sinCone * straight));
    }

    private static double Near(double angle, double near) => near + Degrees.WrapSigned(angle - near);

    private HourAngleDeclination Folded(double hourAngle, double declination) =>
        declination < -90 ? new(hourAngle + 180, Hemisphere * (-180 - declination)) : new(hourAngle, Hemisphere * declination);
}
