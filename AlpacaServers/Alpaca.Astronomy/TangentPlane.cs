namespace Alpaca.Astronomy;

/// <summary>
/// The gnomonic projection (FITS "TAN") about a place: what a distortion-free telescope images. Standard coordinates xi to the east and eta to
/// the north, in radians of the plane (multiply by the focal length for the detector). About 5 ns per star.
/// </summary>
public readonly struct TangentPlane
{
    private readonly UnitVector _east;
    private readonly UnitVector _north;

    public TangentPlane(SkyPosition centre)
    {
        Centre = centre;
        Pole = centre.Vector;
        var (sinA, cosA) = Math.SinCos(centre.RightAscension.Radians);
        var (sinD, cosD) = Math.SinCos(centre.Declination.Radians);
        _east = new(-sinA, cosA, 0);
        _north = new(-sinD * cosA, -sinD * sinA, cosD);
    }

    /// <summary>The tangent point.</summary>
    public SkyPosition Centre { get; }

    private UnitVector Pole { get; }

    /// <summary>Projects a direction; false for one 90 degrees or more from the centre, which has no image.</summary>
    public bool TryProject(UnitVector direction, out double xi, out double eta)
    {
        var depth = Pole.Dot(direction);
        if (depth <= 1e-9)
        {
            (xi, eta) = (double.NaN, double.NaN);
            return false;
        }
        xi = _east.Dot(direction) / depth;
        eta = _north.Dot(direction) / depth;
        return true;
    }

    /// <summary>Projects many directions; those without an image become NaN.</summary>
    public void Project(ReadOnlySpan<UnitVector> directions, Span<(double Xi, double Eta)> plane)
    {
        if (plane.Length < directions.Length) throw new ArgumentException("There is less room than there are directions.", nameof(plane));
        for (var i = 0; i < directions.Length; i++)
        {
            TryProject(directions[i], out var xi, out var eta);
            plane[i] = (xi, eta);
        }
    }

    /// <summary>The direction imaged at a point of the plane.</summary>
    public UnitVector Deproject(double xi, double eta) => UnitVector.Normalised(
        Pole.X + (xi * _east.X) + (eta * _north.X),
        Pole.Y + (xi * _east.Y) + (eta * _north.Y),
        Pole.Z + (xi * _east.Z) + (eta * _north.Z));
}
