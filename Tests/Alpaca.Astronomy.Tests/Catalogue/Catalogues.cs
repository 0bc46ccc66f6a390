using Alpaca.Astronomy.Catalogue;

namespace Alpaca.Astronomy.Tests.Catalogue;

internal static class Catalogues
{
    /// <summary>Compares searches in many places, the poles and the zero meridian among them, with a look at every star.</summary>
    public static void SearchAgrees(StarCatalogue catalogue, IReadOnlyList<CatalogueStar> all, int searches)
    {
        var random = new Random(8);
        for (var i = 0; i < searches; i++)
        {
            var dec = (i % 4) switch { 0 => 90 - (random.NextDouble() * 2), 1 => -90 + random.NextDouble(), _ => (random.NextDouble() * 180) - 90 };
            var centre = SkyPosition.FromDegrees(i % 3 == 0 ? (random.NextDouble() * 2 % 360) - (i % 2) : random.NextDouble() * 360, dec);
            var radius = Angle.FromDegrees(random.NextDouble() * (i % 5 == 0 ? 40 : 3));
            var faintest = i % 2 == 0 ? double.PositiveInfinity : 9;
            var expected = all.Where(star => star.Magnitude <= faintest && star.Direction.Separation(centre.Vector) <= radius).Select(star => star.Direction).ToHashSet();
            var found = catalogue.StarsWithin(centre, radius, faintest);
            Assert.Equal(expected.Count, found.Count);
            Assert.True(expected.SetEquals(found.Select(star => star.Direction)));
            Assert.Equal(found.OrderBy(star => star.Magnitude).Select(star => star.Magnitude), found.Select(star => star.Magnitude));
        }
    }
}
