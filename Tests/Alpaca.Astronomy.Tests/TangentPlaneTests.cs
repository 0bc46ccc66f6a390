using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests;

public class TangentPlaneTests
{
    [Fact]
    public void Directions_come_back_from_the_plane()
    {
        var random = new Random(6);
        for (var i = 0; i < 2000; i++)
        {
            var plane = new TangentPlane(SkyPosition.FromDegrees(random.NextDouble() * 360, (random.NextDouble() * 180) - 90));
            var (xi, eta) = ((random.NextDouble() - 0.5) * 2, (random.NextDouble() - 0.5) * 2);
            var direction = plane.Deproject(xi, eta);
            Assert.True(plane.TryProject(direction, out var x, out var y));
            Near(xi, x, 1e-12);
            Near(eta, y, 1e-12);
            // Distance from the centre on the plane is the tangent of that on the sky.
            Near(Math.Sqrt((xi * xi) + (eta * eta)), Math.Tan(direction.Separation(plane.Centre.Vector).Radians), 1e-11);
        }
    }

    [Fact]
    public void East_and_north_are_the_axes()
    {
        var centre = SkyPosition.FromDegrees(83, -5);
        var plane = new TangentPlane(centre);
        var places = new[] { centre.Offset(Angle.FromArcseconds(60), Angle.Zero).Vector, centre.Offset(Angle.Zero, Angle.FromArcseconds(60)).Vector, SkyPosition.FromDegrees(263, 5).Vector };
        var points = new (double Xi, double Eta)[3];
        plane.Project(places, points);
        Near(60 * Math.PI / 648000, points[0].Xi, 1e-9);
        Near(0, points[0].Eta, 1e-9);
        Near(0, points[1].Xi, 1e-9);
        Near(60 * Math.PI / 648000, points[1].Eta, 1e-9);
        Assert.True(double.IsNaN(points[2].Xi));
    }
}
