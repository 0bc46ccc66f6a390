using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests;

public class AngleTests
{
    [Theory]
    [InlineData("05h35m17.3s", 83.82208333333333)]
    [InlineData("-05d23m28s", -5.391111111111111)]
    [InlineData("-00d30m00s", -0.5)]
    [InlineData("+22d42m39.0645s", 22.71085125)]
    [InlineData("83.82deg", 83.82)]
    [InlineData("+00.887 deg", 0.887)]
    [InlineData("100.00 deg", 100)]
    [InlineData("5.5h", 82.5)]
    [InlineData("05h", 75)]
    [InlineData("05h35m", 83.75)]
    [InlineData("12d30.5m", 12.508333333333333)]
    [InlineData("12°30'36\"", 12.51)]
    [InlineData("5h 35m 17.3s", 83.82208333333333)]
    [InlineData("1.5 rad", 85.94366926962348)]
    [InlineData("90 arcsec", 0.025)]
    [InlineData("90 arcmin", 1.5)]
    [InlineData("-1e-2 deg", -0.01)]
    public void Angles_with_units_are_read(string text, double degrees) => Near(degrees, Angle.Parse(text).Degrees, 1e-12);

    [Theory]
    [InlineData("12:30:36", AngleUnit.Degrees, 12.51)]
    [InlineData("-00 30 00", AngleUnit.Degrees, -0.5)]
    [InlineData("5:30", AngleUnit.Hours, 82.5)]
    [InlineData("5.5", AngleUnit.Hours, 82.5)]
    [InlineData("5.5", AngleUnit.Degrees, 5.5)]
    [InlineData("5.5 deg", AngleUnit.Hours, 5.5)]
    public void A_default_unit_serves_what_has_none(string text, AngleUnit unit, double degrees) => Near(degrees, Angle.Parse(text, unit).Degrees, 1e-12);

    [Theory]
    [InlineData("")]
    [InlineData("12.5")]
    [InlineData("12:30:00")]
    [InlineData("05h60m00s")]
    [InlineData("05h35m61s")]
    [InlineData("5 apples")]
    [InlineData("1e999 deg")]
    [InlineData("--5 deg")]
    [InlineData("05h35m17.3s junk")]
    public void What_is_no_angle_is_refused_with_examples(string text) => Assert.NotEmpty(Assert.Throws<FormatException>(() => Angle.Parse(text)).Message);

    [Fact]
    public void Rounding_never_writes_sixty_seconds()
    {
        Assert.Equal("06h00m00.00s", Angle.FromHours(5.9999999999).ToHms());
        Assert.Equal("-01d00m00.0s", Angle.FromDegrees(-0.99999999).ToDms());
        Assert.Equal("+00d00m00.0s", Angle.FromDegrees(-0.000001).ToDms());
        Assert.Equal("05 35 17.30", Angle.FromDegrees(83.82208333333333).ToHms(2, " "));
        Assert.Equal("-05 23 28", Angle.FromDegrees(-5.391111111111111).ToDms(0, " "));
    }

    [Fact]
    public void Text_and_value_agree_both_ways()
    {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var angle = Angle.FromDegrees((random.NextDouble() * 180) - 90);
            Near(angle.Arcseconds, Angle.Parse(angle.ToDms(6)).Arcseconds, 1e-6);
            var ra = Angle.FromDegrees(random.NextDouble() * 360);
            Near(ra.Arcseconds, Angle.Parse(ra.ToHms(6)).Arcseconds, 1e-5);
        }
    }

    [Theory]
    [InlineData(-10, 350, -10)]
    [InlineData(370, 10, 10)]
    [InlineData(180, 180, -180)]
    [InlineData(360, 0, 0)]
    [InlineData(-1e-15, 0, 0)]
    public void Wrapping_stays_in_its_interval(double degrees, double wrapped, double signed)
    {
        var full = Angle.FromDegrees(degrees).Wrapped().Degrees;
        Assert.True(full is >= 0 and < 360);
        Near(0, Math.IEEERemainder(full - wrapped, 360), 1e-9);
        Near(signed, Angle.FromDegrees(degrees).WrappedSigned().Degrees, 1e-9);
    }
}
