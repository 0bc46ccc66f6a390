using Alpaca.Astronomy;

namespace Sequencer.Imaging;

/// <summary>Gnomonic (TAN) projection of the sky onto the plane that touches it at <paramref name="centre"/>: xi to the east, eta to the north, degrees.</summary>
public readonly struct TangentPlane(SkyPosition centre)
{
    private readonly double _sin = Math.Sin(centre.Declination.Radians);
    private readonly double _cos = Math.Cos(centre.Declination.Radians);

    public SkyPosition Centre { get; } = centre;

    /// <summary>Plane coordinates in degrees, or null for a place more than 90 degrees away, which has none.</summary>
    public (double Xi, double Eta)? Project(SkyPosition place)
    {
        var (sinDec, cosDec) = Math.SinCos(place.Declination.Radians);
        var (sinRa, cosRa) = Math.SinCos(place.RightAscension.Radians - Centre.RightAscension.Radians);
        var along = _sin * sinDec + _cos * cosDec * cosRa;
        if (along <= 1e-6)
            return null;
        return (double.RadiansToDegrees(cosDec * sinRa / along), double.RadiansToDegrees((_cos * sinDec - _sin * cosDec * cosRa) / along));
    }

    /// <summary>The place on the sky at plane coordinates in degrees.</summary>
    public SkyPosition Deproject(double xi, double eta)
    {
        double x = double.DegreesToRadians(xi), y = double.DegreesToRadians(eta);
        var towards = _cos - y * _sin;
        return new SkyPosition(
            (Centre.RightAscension + Angle.FromRadians(Math.Atan2(x, towards))).Wrapped(),
            Angle.FromRadians(Math.Atan2(_sin + y * _cos, Math.Sqrt(x * x + towards * towards))));
    }
}
