using Alpaca.Astronomy;

namespace Sequencer.Imaging;

/// <summary>The tangent plane in degrees, the unit of FITS world coordinates.</summary>
internal static class TangentPlaneDegrees
{
    /// <summary>Plane coordinates in degrees, or null for a place 90 degrees or more away, which has none.</summary>
    public static (double Xi, double Eta)? ToPlane(this TangentPlane plane, SkyPosition place) =>
        plane.TryProject(place.Vector, out var xi, out var eta) ? (double.RadiansToDegrees(xi), double.RadiansToDegrees(eta)) : null;

    /// <summary>The place on the sky at plane coordinates in degrees.</summary>
    public static SkyPosition ToSky(this TangentPlane plane, double xi, double eta) =>
        SkyPosition.FromVector(plane.Deproject(double.DegreesToRadians(xi), double.DegreesToRadians(eta)));
}
