using DataServices.Fits;

namespace Sequencer.Imaging.Tests;

public sealed class ImageFrameTests
{
    [Theory]
    [InlineData("RGGB", 0, 0, BayerPattern.Rggb)]
    [InlineData("RGGB", 1, 0, BayerPattern.Grbg)]
    [InlineData("RGGB", 0, 1, BayerPattern.Gbrg)]
    [InlineData("RGGB", 1, 1, BayerPattern.Bggr)]
    [InlineData("", 0, 0, BayerPattern.None)]
    public void The_mosaic_is_read_from_the_header(string text, int offsetX, int offsetY, BayerPattern expected)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("frame.fits");
        ushort[] pixels = [1, 2, 3, 65535];
        var header = new FitsHeader().Set("BAYERPAT", text).Set("XBAYROFF", offsetX).Set("YBAYROFF", offsetY);
        FitsWriter.WriteImage<ushort>(path, pixels, 2, 2, header);

        var frame = ImageFrame.FromFits(path);

        Assert.Equal(expected, frame.Bayer);
        Assert.Equal(pixels, frame.Pixels.ToArray());
    }

    [Fact]
    public void A_cube_or_an_unknown_mosaic_is_refused_with_the_name_of_the_file()
    {
        using var directory = new TemporaryDirectory();
        var cube = directory.File("cube.fits");
        FitsWriter.Write(cube, file => file.AppendImage<ushort>(new ushort[8], [2, 2, 2], new FitsHeader()));
        var strange = directory.File("strange.fits");
        FitsWriter.WriteImage<ushort>(strange, new ushort[4], 2, 2, new FitsHeader().Set("BAYERPAT", "XTRANS"));

        Assert.Contains(cube, Assert.Throws<FitsException>(() => ImageFrame.FromFits(cube)).Message, StringComparison.Ordinal);
        Assert.Contains("XTRANS", Assert.Throws<FitsException>(() => ImageFrame.FromFits(strange)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ImageFrame(new ushort[5], 2, 2));
    }

    [Fact]
    public void Superpixels_average_two_by_two()
    {
        var frame = new ImageFrame(new ushort[] { 1, 2, 9, 3, 4, 9, 65535, 65535, 0, 65535, 65535, 0 }, 3, 4, BayerPattern.Rggb);

        var grey = frame.ToSuperpixels();

        Assert.Equal((1, 2), (grey.Width, grey.Height));
        Assert.Equal([3, 65535], grey.Pixels.ToArray());
        Assert.False(grey.IsBayer);
    }
}
