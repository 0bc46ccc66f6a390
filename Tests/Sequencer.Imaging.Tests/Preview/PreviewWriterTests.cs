using System.Buffers.Binary;
using System.IO.Compression;

namespace Sequencer.Imaging.Tests.Preview;

public sealed class PreviewWriterTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("BOTTOM-UP")]
    [InlineData("TOP-DOWN")]
    public void The_picture_is_the_right_way_up_as_ROWORDER_says(string? order)
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "frame.fits");
        var header = new DataServices.Fits.FitsHeader();
        if (order is not null) header.Set("ROWORDER", order);
        DataServices.Fits.FitsWriter.WriteImage<ushort>(path, new ushort[] { 0, 0, 0, 100, 100, 100, 60_000, 60_000, 60_000 }, 3, 3, header);

        var (pixels, width, height, samples) = Picture(ImageFrame.FromFits(path), 100);

        Assert.Equal((3, 3, 1), (width, height, samples));
        // The last row of the file is the brightest: the top, unless the file says that it begins there.
        var (top, bottom) = (pixels[0], pixels[6]);
        Assert.Equal(255, Math.Max(top, bottom));
        Assert.Equal(order == "TOP-DOWN", bottom > top);
        Assert.InRange(pixels[3], Math.Min(top, bottom) + 1, 254);
    }

    [Fact]
    public void A_wide_frame_is_reduced_and_its_sky_becomes_visible_grey()
    {
        var painter = new SkyPainter(1) { Width = 1300, Height = 700, Sky = 1200 };
        var frame = painter.Paint(painter.RandomStars(60, 50_000, 900_000));

        var (pixels, width, height, _) = Picture(frame, 512);

        Assert.Equal((1300 / 3, 700 / 3), (width, height));
        Assert.InRange(pixels.Order().ElementAt(pixels.Length / 2), 55, 75);
        Assert.Equal(255, pixels.Max());
        Assert.InRange(pixels.Count(p => p > 200), 20, 1000);
    }

    [Theory]
    [InlineData(BayerPattern.Rggb, 0, 0, 0)]
    [InlineData(BayerPattern.Rggb, 1, 1, 2)]
    [InlineData(BayerPattern.Bggr, 1, 1, 0)]
    [InlineData(BayerPattern.Grbg, 1, 0, 0)]
    [InlineData(BayerPattern.Gbrg, 0, 1, 0)]
    [InlineData(BayerPattern.Gbrg, 1, 1, 1)]
    public void A_colour_mosaic_becomes_a_colour_picture(BayerPattern pattern, int lightX, int lightY, int colour)
    {
        var pixels = Enumerable.Repeat((ushort)500, 32 * 32).ToArray();
        // A patch that shines only through one filter.
        for (var y = 8; y < 12; y += 2)
        {
            for (var x = 8; x < 12; x += 2)
                pixels[(y + lightY) * 32 + x + lightX] = 50_000;
        }

        var (picture, width, height, samples) = Picture(new ImageFrame(pixels, 32, 32, pattern), 100);

        Assert.Equal((16, 16, 3), (width, height, samples));
        var patch = picture.AsSpan(((15 - 5) * 16 + 5) * 3, 3).ToArray();
        Assert.True(patch[colour] > 150, string.Join(',', patch));
        Assert.All(Enumerable.Range(0, 3).Where(c => c != colour), c => Assert.True(patch[c] < 100, string.Join(',', patch)));
    }

    [Fact]
    public void The_midtones_function_has_its_three_fixed_points()
    {
        Assert.Equal(0, AutoStretch.Midtones(0.1, 0));
        Assert.Equal(1, AutoStretch.Midtones(0.1, 1));
        Assert.Equal(0.5, AutoStretch.Midtones(0.1, 0.1), 1e-12);
    }

    // A PNG reader of the test's own, which checks every check sum.
    private static (byte[] Pixels, int Width, int Height, int Samples) Picture(ImageFrame frame, int maxWidth)
    {
        using var stream = new MemoryStream();
        PreviewWriter.Write(stream, frame, maxWidth);
        var bytes = stream.ToArray();
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], bytes[..8]);
        int width = 0, height = 0, samples = 0;
        byte[] data = [];
        for (var at = 8; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            var type = System.Text.Encoding.ASCII.GetString(bytes, at + 4, 4);
            var body = bytes.AsSpan(at + 8, length);
            Assert.Equal(Crc(bytes.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 + length)));
            if (type == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(body);
                height = BinaryPrimitives.ReadInt32BigEndian(body[4..]);
                samples = body[9] == 2 ? 3 : 1;
                Assert.Equal(8, body[8]);
            }
            else if (type == "IDAT")
            {
                using var zlib = new ZLibStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
                using var plain = new MemoryStream();
                zlib.CopyTo(plain);
                data = plain.ToArray();
            }

            at += length + 12;
        }

        var stride = width * samples + 1;
        Assert.Equal(stride * height, data.Length);
        return ([.. Enumerable.Range(0, height).SelectMany(y => data[(y * stride + 1)..((y + 1) * stride)])], width, height, samples);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = 0xffffffffu;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xedb88320u & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
