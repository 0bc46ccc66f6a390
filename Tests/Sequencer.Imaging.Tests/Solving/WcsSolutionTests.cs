using Alpaca.Astronomy;

namespace Sequencer.Imaging.Tests.Solving;

public sealed class WcsSolutionTests
{
    [Fact]
    public void North_is_up_and_east_is_left_without_rotation()
    {
        var wcs = WcsSolution.Create(1600, 1200, SkyPosition.FromDegrees(83.8, -5.4), 7.7);

        Assert.True(wcs.ToSky(800, 700).Declination > wcs.Centre.Declination);
        Assert.True(wcs.ToSky(700, 600).RightAscension > wcs.Centre.RightAscension);
        Assert.False(wcs.IsMirrored);
        Assert.Equal(7.7, wcs.ArcsecPerPixel, 1e-9);
        Assert.Equal(1600 * 7.7 / 3600, wcs.FieldSize.Width.Degrees, 1e-9);
        Assert.InRange(wcs.ToSky(799.5, 599.5).Separation(wcs.ToSky(800.5, 599.5)).Arcseconds, 7.699, 7.701);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(-135, true)]
    public void Rotation_and_mirroring_are_what_was_asked_for(double rotation, bool mirrored)
    {
        var wcs = WcsSolution.Create(1000, 800, SkyPosition.FromDegrees(10, 50), 2, rotation, mirrored);

        Assert.Equal(rotation, wcs.RotationDegrees, 1e-9);
        Assert.Equal(mirrored, wcs.IsMirrored);
        var up = wcs.ToSky(499.5, 449.5);
        Assert.Equal(Math.IEEERemainder(rotation, 360), Math.IEEERemainder(wcs.Centre.PositionAngleTo(up).Degrees, 360), 1e-6);
    }

    [Fact]
    public void Pixels_come_back_from_the_sky_anywhere()
    {
        var random = new Random(2);
        for (var n = 0; n < 200; n++)
        {
            var centre = SkyPosition.FromDegrees(random.NextDouble() * 360, random.NextDouble() * 180 - 90);
            var wcs = WcsSolution.Create(2000, 1500, centre, 8, random.NextDouble() * 360, random.Next(2) == 0);
            double x = random.NextDouble() * 2000, y = random.NextDouble() * 1500;

            var (backX, backY) = wcs.ToPixel(wcs.ToSky(x, y))!.Value;

            Assert.Equal(x, backX, 1e-5);
            Assert.Equal(y, backY, 1e-5);
        }
    }

    [Fact]
    public void The_projection_is_the_textbook_one()
    {
        // At 45 degrees from the tangent point the plane is one radian away.
        var (xi, eta) = new TangentPlane(SkyPosition.FromDegrees(0, 0)).ToPlane(SkyPosition.FromDegrees(45, 0))!.Value;

        Assert.Equal(180 / Math.PI, xi, 1e-9);
        Assert.Equal(0, eta, 1e-9);
        Assert.Null(new TangentPlane(SkyPosition.FromDegrees(0, 0)).ToPlane(SkyPosition.FromDegrees(180, 0)));
    }

    [Fact]
    public void The_cards_follow_the_standard_and_can_be_read_back()
    {
        var wcs = WcsSolution.Create(1600, 1200, SkyPosition.FromDegrees(201.3, -43), 7.7, 12.5);

        var header = wcs.ToHeader();

        Assert.Equal("RA---TAN", header.Text("CTYPE1"));
        Assert.Equal(800.5, header.Number("CRPIX1"));
        Assert.Equal(600.5, header.Number("CRPIX2"));
        Assert.Equal(201.3, header.Number("CRVAL1")!.Value, 1e-10);
        var read = WcsSolution.FromHeader(header, 1600, 1200)!;
        Assert.True(read.ToSky(3, 4).Separation(wcs.ToSky(3, 4)).Arcseconds < 1e-6);
        Assert.Null(WcsSolution.FromHeader(new DataServices.Fits.FitsHeader().Set("CRVAL1", 1.0), 10, 10));
    }
}
