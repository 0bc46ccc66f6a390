using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;
using Alpaca.Simulators;

namespace Night.Tests;

/// <summary>A sky of random stars around the targets of the tests, the same for simulated cameras and solver, so that the tests need nothing installed.</summary>
internal sealed class SyntheticSky : IStarSource
{
    private const double RadiusDegrees = 4;
    private const int StarsPerTarget = 3000;

    private SyntheticSky(StarCatalogue catalogue) => Catalogue = catalogue;

    public StarCatalogue Catalogue { get; }

    /// <summary>Stars around each of the places, with magnitudes as on the real sky: each magnitude has 2.5 times more of them.</summary>
    public static SyntheticSky Around(IEnumerable<SkyPosition> places)
    {
        var random = new Random(20260101);
        var stars = new List<CatalogueStar>();
        foreach (var place in places)
        {
            for (var n = 0; n < StarsPerTarget; n++)
            {
                var distance = RadiusDegrees * Math.Sqrt(random.NextDouble());
                var (sin, cos) = Math.SinCos(Math.Tau * random.NextDouble());
                var position = place.Offset(Angle.FromDegrees(distance * sin), Angle.FromDegrees(distance * cos));
                stars.Add(CatalogueStar.At(position, 10 + (Math.Log(random.NextDouble() + 1e-4) / Math.Log(2.5))));
            }
        }
        return new SyntheticSky(StarCatalogue.Of("synthetic", stars));
    }

    public IReadOnlyList<SimulatedStar> Within(SkyPosition centre, Angle radius) =>
        [.. Catalogue.StarsWithin(centre, radius).Select(star => new SimulatedStar(star.Position, star.Magnitude))];
}
