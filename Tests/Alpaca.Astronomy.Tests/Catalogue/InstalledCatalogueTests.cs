using Alpaca.Astronomy.Catalogue;
using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests.Catalogue;

public class InstalledCatalogueTests
{
    private static readonly Lazy<StarCatalogue> Installed = new(() => StarCatalogue.OpenInstalled());

    [InstalledCatalogueFact]
    public void Known_stars_stand_where_they_should_to_an_arcsecond()
    {
        // SIMBAD, ICRS at J2000: two planet hosts and a star of M42.
        foreach (var (place, magnitude) in new[] { ("22h03m10.7729s +18d53m03.548s", 7.65), ("20h00m43.7129s +22d42m39.073s", 7.68), ("05h35m22.9002s -05d24m57.816s", 5.0) })
        {
            var position = SkyPosition.Parse(place);
            var nearest = Installed.Value.StarsWithin(position, Angle.FromArcseconds(30)).MinBy(star => star.Position.Separation(position).Radians);
            Near(0, nearest.Position.Separation(position).Arcseconds, 1);
            Near(magnitude, nearest.Magnitude, 0.3);
        }
    }

    [InstalledCatalogueFact]
    public void Searches_over_the_real_sky_find_what_a_look_at_every_star_finds()
    {
        var all = new List<CatalogueStar>();
        Installed.Value.StarsWithin(SkyPosition.FromDegrees(0, 0), Angle.FromDegrees(180), all);
        Assert.Equal(Installed.Value.Count, all.Count);
        Assert.True(all.Count > 10_000);
        Assert.DoesNotContain(all, star => Math.Abs(star.Direction.Dot(star.Direction) - 1) > 1e-12);
        Catalogues.SearchAgrees(Installed.Value, all, 8);
    }
}
