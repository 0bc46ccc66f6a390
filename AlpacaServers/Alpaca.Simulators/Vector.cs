namespace Alpaca.Simulators;

/// <summary>A direction or any vector of three components. Horizontal frame: x to the north, y to the east, z to the zenith.</summary>
internal readonly record struct Vector(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector operator -(Vector a, Vector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector operator *(double factor, Vector a) => new(factor * a.X, factor * a.Y, factor * a.Z);

    /// <summary>The direction at an altitude and azimuth, degrees.</summary>
    public static Vector FromHorizon(double altitude, double azimuth)
    {
        var (sinAlt, cosAlt) = Math.SinCos(Degrees.ToRadians(altitude));
        var (sinAz, cosAz) = Math.SinCos(Degrees.ToRadians(azimuth));
        return new(cosAlt * cosAz, cosAlt * sinAz, sinAlt);
    }

    public double Dot(Vector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Vector Normalised() => (1 / Length) * this;

    /// <summary>Angle to another vector, degrees; accurate for small angles too.</summary>
    public double AngleTo(Vector other) =>
        Degrees.FromRadians(2 * Math.Atan2((Normalised() - other.Normalised()).Length, (Normalised() + other.Normalised()).Length));

    /// <summary>Altitude and azimuth of the direction, degrees.</summary>
    public (double Altitude, double Azimuth) ToHorizon() =>
        (Degrees.FromRadians(Math.Atan2(Z, Math.Sqrt((X * X) + (Y * Y)))), Degrees.Wrap(Degrees.FromRadians(Math.Atan2(Y, X))));
}
