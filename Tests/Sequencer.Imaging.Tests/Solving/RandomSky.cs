using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;

namespace Sequencer.Imaging.Tests.Solving;

/// <summary>Stars scattered over a part of the sky with magnitudes as on the real one (each magnitude has 2.5 times more stars).</summary>
internal sealed class RandomSky
{
    private readonly List<CatalogueStar> _stars = [];

    public RandomSky(int seed, SkyPosition centre, double radiusDegrees, int count)
    {
        var random = new Random(seed);
        var plane = new TangentPlane(centre);
        while (_stars.Count < count)
        {
            double xi = (2 * random.NextDouble() - 1) * radiusDegrees, eta = (2 * random.NextDouble() - 1) * radiusDegrees;
            _stars.Add(CatalogueStar.At(plane.ToSky(xi, eta), 11 + Math.Log(random.NextDouble() + 1e-4) / Math.Log(2.5)));
        }
    }

    public StarCatalogue Catalogue => StarCatalogue.Of("random", _stars);

    public IEnumerable<PaintedStar> OnFrame(WcsSolution wcs) => OnFrame(wcs, _stars);

    public static IEnumerable<PaintedStar> OnFrame(WcsSolution wcs, IEnumerable<CatalogueStar> stars)
    {
        foreach (var star in stars)
        {
            if (wcs.ToPixel(star.Position) is { } pixel && wcs.Contains(pixel))
                yield return new PaintedStar(pixel.X, pixel.Y, 1e6 * Math.Pow(10, -0.4 * (star.Magnitude - 6)));
        }
    }
}
