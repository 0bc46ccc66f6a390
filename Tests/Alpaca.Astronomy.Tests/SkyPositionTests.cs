using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests;

public class SkyPositionTests
{
    [Theory]
    [InlineData("05h35m17.3s -05d23m28s", 83.8220833333, -5.3911111111)]
    [InlineData("83.82deg -5.39deg", 83.82, -5.39)]
    [InlineData("100.00 deg +00.887 deg", 100, 0.887)]
    [InlineData("05h35m17.3s -5.39deg", 83.8220833333, -5.39)]
    [InlineData("83.82deg -05d23m28s", 83.82, -5.3911111111)]
    [InlineData("83.82 deg, 5.39 deg", 83.82, 5.39)]
    [InlineData("20h00m43.7135s 22d42m39.0645s", 300.1821395833, 22.71085125)]
    [InlineData("05 35 17.3 -05 23 28", 83.8220833333, -5.3911111111)]
    [InlineData("05:35:17.3 +05:23:28", 83.8220833333, 5.3911111111)]
    [InlineData("05h35m17.3s-05d23m28s", 83.8220833333, -5.3911111111)]
    public void Positions_are_read(string text, double ra, double dec)
    {
        var position = SkyPosition.Parse(text);
        Near(ra, position.RightAscension.Degrees, 1e-9);
        Near(dec, position.Declination.Degrees, 1e-9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("83.82 -5.39")]
    [InlineData("83.82deg")]
    [InlineData("10h00m00s +91d00m00s")]
    [InlineData("25h00m00s +01d00m00s")]
    [InlineData("-10deg +01deg")]
    [InlineData("M 42")]
    public void What_is_no_position_is_refused(string text)
    {
        Assert.False(SkyPosition.TryParse(text, out _));
        Assert.Throws<FormatException>(() => SkyPosition.Parse(text));
    }

    [Fact]
    public void Arcturus_and_Spica_are_32_7930_degrees_apart()
    {
        // Meeus, Astronomical Algorithms, example 17.a.
        var arcturus = SkyPosition.FromDegrees(213.9154, 19.1825);
        var spica = SkyPosition.FromDegrees(201.2983, -11.1614);
        Near(32.7930, arcturus.Separation(spica).Degrees, 1e-4);
    }

    [Fact]
    public void An_offset_leads_to_the_place_it_was_measured_to()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var here = SkyPosition.FromDegrees(random.NextDouble() * 360, (random.NextDouble() * 178) - 89);
            var there = SkyPosition.FromDegrees(random.NextDouble() * 360, (random.NextDouble() * 178) - 89);
            var (east, north) = here.OffsetTo(there);
            Near(0, here.Offset(east, north).Separation(there).Arcseconds, 1e-6);
        }
        Near(3600, SkyPosition.FromDegrees(10, 60).OffsetTo(SkyPosition.FromDegrees(12, 60)).East.Arcseconds, 2);
    }

    [Fact]
    public void Differences_in_right_ascension_wrap_and_carry_no_cosine()
    {
        var (ra, dec) = SkyPosition.FromDegrees(359.5, 60).DifferenceTo(SkyPosition.FromDegrees(0.5, 61));
        Near(1, ra.Degrees, 1e-12);
        Near(1, dec.Degrees, 1e-12);
    }

    [Fact]
    public void Text_round_trips() => Assert.Equal("05h35m17.30s -05d23m28.0s", SkyPosition.Parse("05h35m17.3s -05d23m28s").ToString());
}
