using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests;

public class SunAndMoonTests
{
    [Fact]
    public void Moon_of_Meeus_example_47a()
    {
        // 1992 April 12, 0h TD: apparent RA 134.688470, Dec 13.768368, distance 368409.7 km. TT - UTC was 58.184 s.
        var time = Utc("1992-04-12").AddSeconds(-58.184);
        var moon = Geocentric(Body.Moon, time);
        Near(134.688470, moon.RightAscension.Degrees, 5.0 / 3600);
        Near(13.768368, moon.Declination.Degrees, 5.0 / 3600);
        var (x, y, z) = Ephemeris.Exact(Body.Moon, SkyBasis.Of(MaunaLoa, time, SkyBasis.Fine).TtDays(time));
        Near(368409.7, Math.Sqrt((x * x) + (y * y) + (z * z)) * Ephemeris.AstronomicalUnit / 1000, 10);
    }

    [Fact]
    public void Sun_of_Meeus_example_25b()
    {
        // 1992 October 13, 0h TD: 13h13m30.749s, -7d47m01.74s by the complete VSOP87. TT - UTC was 59.184 s.
        var sun = Geocentric(Body.Sun, Utc("1992-10-13").AddSeconds(-59.184));
        Near(13 + (13 / 60.0) + (30.749 / 3600), sun.RightAscension.Hours, 0.02 / 3600);
        Near(-(7 + (47 / 60.0) + (1.74 / 3600)), sun.Declination.Degrees, 0.2 / 3600);
    }

    [Theory]
    [InlineData("2024-03-20 03:06:24", 0)]
    [InlineData("2024-06-20 20:51:00", 6)]
    [InlineData("2024-09-22 12:43:40", 12)]
    [InlineData("2024-12-21 09:20:34", 18)]
    public void Equinoxes_and_solstices_of_2024_to_a_minute(string time, double hours)
    {
        // The Sun moves 2.5" in right ascension a minute.
        var off = (Geocentric(Body.Sun, Utc(time)).RightAscension - Angle.FromHours(hours)).WrappedSigned();
        Near(0, off.Arcseconds, 3);
    }

    [Theory]
    [InlineData("2024-01-01", 180, "2024-01-25 17:54")]
    [InlineData("2024-01-26", 270, "2024-02-02 23:18")]
    [InlineData("2024-02-10", 90, "2024-02-16 15:01")]
    [InlineData("2024-03-25", 0, "2024-04-08 18:21")]
    public void Moon_phases_of_2024_to_a_minute(string from, double elongation, string expected)
    {
        var found = new Almanac(MaunaLoa).NextMoonPhase(Angle.FromDegrees(elongation), Utc(from));
        Near(Utc(expected), found, 60);
        Near((1 - Math.Cos(elongation * Math.PI / 180)) / 2, SkyTransform.At(MaunaLoa, found).MoonPhase().Fraction, 0.004);
    }

    [Fact]
    public void The_Moon_waxes_towards_full()
    {
        Assert.True(SkyTransform.At(MaunaLoa, Utc("2024-01-20")).MoonPhase().Waxing);
        Assert.False(SkyTransform.At(MaunaLoa, Utc("2024-01-29")).MoonPhase().Waxing);
    }

    [Fact]
    public void Interpolation_between_nodes_keeps_the_ephemeris()
    {
        var random = new Random(9);
        for (var i = 0; i < 300; i++)
        {
            var days = random.NextDouble() * 15000;
            foreach (var (body, arcseconds) in new[] { (Body.Sun, 1e-4), (Body.Moon, 1e-3) })
            {
                var (a, b) = (Ephemeris.Exact(body, days), Ephemeris.Geocentric(body, days));
                Near(0, UnitVector.Normalised(a.X, a.Y, a.Z).Separation(UnitVector.Normalised(b.X, b.Y, b.Z)).Arcseconds, arcseconds);
            }
        }
    }

    [Fact]
    public void The_Moon_stands_lower_for_an_observer_than_for_the_centre_of_the_Earth()
    {
        // The parallax in altitude is HP x cos(altitude).
        var sky = SkyTransform.At(MaunaLoa, Utc("2016-08-13 08:00"));
        var seen = sky.Moon();
        var centre = sky.Observed(Geocentric(Body.Moon, sky.Time));
        var parallax = Math.Asin(6378.14 / seen.Distance) * Math.Cos(seen.Geometric.Altitude.Radians);
        Near(parallax * 180 / Math.PI, (centre.Altitude - seen.Geometric.Altitude).Degrees, 0.02);
        Near(0.26, seen.SemiDiameter.Degrees, 0.02);
        Near(0, sky.Observed(seen.Icrs).Separation(seen.Geometric).Arcseconds, 1e-4);
        Assert.True(seen.Refracted.Altitude > seen.Geometric.Altitude);
    }

    [Fact]
    public void The_Sun_during_the_eclipse_of_2024_April_8_is_covered_at_Mazatlan()
    {
        // Totality there lasted from 18:07:25 to 18:11:45 UTC: disc centres within the difference of the radii.
        var sky = SkyTransform.At(Site.FromDegrees("Mazatlan", 23.2494, -106.4111, 10), Utc("2024-04-08 18:09:35"));
        var (sun, moon) = (sky.Sun(), sky.Moon());
        Assert.True(sun.Icrs.Separation(moon.Icrs) < moon.SemiDiameter - sun.SemiDiameter);
        var later = SkyTransform.At(sky.Site, Utc("2024-04-08 18:20"));
        Assert.True(later.Sun().Icrs.Separation(later.Moon().Icrs) > later.Moon().SemiDiameter - later.Sun().SemiDiameter);
    }
}
