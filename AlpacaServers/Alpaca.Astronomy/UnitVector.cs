namespace Alpaca.Astronomy;

/// <summary>A direction as a unit vector: x to (RA 0, Dec 0), y to (RA 6 h, Dec 0), z to the north pole of the frame it belongs to.</summary>
public readonly record struct UnitVector(double X, double Y, double Z)
{
    /// <summary>The direction of spherical coordinates.</summary>
    public static UnitVector From(Angle longitude, Angle latitude)
    {
        var (sinLat, cosLat) = Math.SinCos(latitude.Radians);
        var (sinLon, cosLon) = Math.SinCos(longitude.Radians);
        return new(cosLat * cosLon, cosLat * sinLon, sinLat);
    }

    /// <summary>Longitude (right ascension) in [0, 360) degrees.</summary>
    public Angle Longitude => Angle.FromRadians(Math.Atan2(Y, X)).Wrapped();

    /// <summary>Latitude (declination) in [-90, 90] degrees.</summary>
    public Angle Latitude => Angle.FromRadians(Math.Atan2(Z, Math.Sqrt((X * X) + (Y * Y))));

    public double Dot(UnitVector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>Angle to another direction, exact for small and for large angles.</summary>
    public Angle Separation(UnitVector other)
    {
        var x = (Y * other.Z) - (Z * other.Y);
        var y = (Z * other.X) - (X * other.Z);
        var z = (X * other.Y) - (Y * other.X);
        return Angle.FromRadians(Math.Atan2(Math.Sqrt((x * x) + (y * y) + (z * z)), Dot(other)));
    }

    internal static UnitVector Normalised(double x, double y, double z)
    {
        var length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return new(x / length, y / length, z / length);
    }
}
