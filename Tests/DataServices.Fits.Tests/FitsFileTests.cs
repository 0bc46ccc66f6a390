namespace DataServices.Fits.Tests;

public sealed class FitsFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static FitsHeader RichHeader => new FitsHeader()
        .Set("OBJECT", "M 42 'the great one'", "what was pointed at")
        .Set("EXPTIME", 120.5, "[s]")
        .Set("POINTING", true)
        .Set("NFRAMES", 12)
        .Set("TAGS", string.Join(',', Enumerable.Repeat("a-rather-long-tag", 12)), "many")
        .Set("current_exp_num", 7, "as HIERARCH")
        .Set("EMPTY", "")
        .AddComment("a comment")
        .AddHistory("a step");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(FitsCompression.None)]
    [InlineData(FitsCompression.Rice)]
    [InlineData(FitsCompression.Gzip)]
    public void Pixels_of_every_type_come_back_as_they_were(FitsCompression compression)
    {
        RoundTrip<byte>(compression, FitsPixelType.UInt8, random => (byte)random.Next(256));
        RoundTrip<short>(compression, FitsPixelType.Int16, random => (short)random.Next(-32768, 32768));
        RoundTrip<ushort>(compression, FitsPixelType.UInt16, random => (ushort)random.Next(65536));
        RoundTrip<int>(compression, FitsPixelType.Int32, random => random.Next(-70_000, 70_000));
        RoundTrip<uint>(compression, FitsPixelType.UInt32, random => (uint)random.Next(70_000));
        RoundTrip<float>(compression, FitsPixelType.Float32, random => (float)((random.NextDouble() - 0.5) * 1e6));
        RoundTrip<double>(compression, FitsPixelType.Float64, random => random.NextDouble());
        if (compression == FitsCompression.None)
        {
            RoundTrip<sbyte>(compression, FitsPixelType.Int8, random => (sbyte)random.Next(-128, 128));
            RoundTrip<long>(compression, FitsPixelType.Int64, random => random.NextInt64());
        }
    }

    [Theory]
    [InlineData(FitsCompression.None)]
    [InlineData(FitsCompression.Rice)]
    public void The_whole_range_of_a_camera_survives(FitsCompression compression)
    {
        ushort[] pixels = [0, 1, 32767, 32768, 65534, 65535];
        var path = Write(pixels, 3, 2, new FitsHeader(), new FitsWriteOptions(compression));

        using var file = FitsFile.Open(path);
        var hdu = file.FirstImage();

        Assert.Equal(FitsPixelType.UInt16, hdu.PixelType);
        Assert.Equal(compression != FitsCompression.None, hdu.IsCompressed);
        Assert.Equal((3, 2), (hdu.Width, hdu.Height));
        Assert.Equal(pixels, file.ReadPixels<ushort>(hdu.Index));
        Assert.Equal(pixels.Select(p => (float)p), file.ReadPixels<float>(hdu.Index));
        Assert.True(file.VerifyChecksum(hdu.Index));
    }

    [Fact]
    public void A_plain_camera_frame_is_stored_as_16_bits_with_an_offset()
    {
        var path = Write<ushort>([0, 32768, 65535, 1], 2, 2, new FitsHeader());

        // Looked at without our reader: the standard's own bytes.
        var bytes = File.ReadAllBytes(path);
        var header = FitsHeader.Parse(bytes);
        Assert.Equal(16, header.Integer("BITPIX"));
        Assert.Equal(32768, header.Number("BZERO"));
        var blocks = header.ToBytes().Length;
        Assert.Equal([0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0x80, 0x01], bytes[blocks..(blocks + 8)]);
    }

    [Theory]
    [InlineData(FitsCompression.None)]
    [InlineData(FitsCompression.Rice)]
    public void The_header_comes_back_in_order_with_nothing_added(FitsCompression compression)
    {
        var path = Write(new ushort[64], 8, 8, RichHeader, new FitsWriteOptions(compression));

        using var file = FitsFile.Open(path);

        Assert.Equal(RichHeader.ToList(), file.ReadHeader(file.FirstImage().Index).ToList());
    }

    [Fact]
    public void A_header_that_was_read_can_be_written_with_another_image()
    {
        var first = Write(new ushort[64], 8, 8, RichHeader, FitsWriteOptions.Rice);
        using var file = FitsFile.Open(first);

        var second = Write(new float[6], 3, 2, file.ReadHeader(1).Set("NAXIS1", 99).Set("BZERO", 5.0));

        using var copy = FitsFile.Open(second);
        Assert.Equal((3, 2), (copy.Hdu(0).Width, copy.Hdu(0).Height));
        Assert.Equal(FitsPixelType.Float32, copy.Hdu(0).PixelType);
        Assert.Equal("M 42 'the great one'", copy.ReadHeader().Text("OBJECT"));
    }

    [FitsVerifyFact]
    public void Fitsverify_finds_nothing_to_complain_about()
    {
        FitsVerify.AssertClean(Write(new ushort[640], 32, 20, RichHeader));
        FitsVerify.AssertClean(Write(new ushort[640], 32, 20, RichHeader, FitsWriteOptions.Rice));
        FitsVerify.AssertClean(Write(new float[640], 32, 20, RichHeader, FitsWriteOptions.Rice));
        FitsVerify.AssertClean(Write(new int[640], 32, 20, RichHeader, new FitsWriteOptions(Checksum: false)));
        FitsVerify.AssertClean(MultiExtension());
    }

    [Fact]
    public void Extensions_cubes_and_tables_live_in_one_file()
    {
        using var file = FitsFile.Open(MultiExtension());

        Assert.Equal(4, file.HduCount);
        Assert.Equal("primary", file.ReadHeader(0).Text("OBJECT"));
        Assert.Equal([4L, 3L, 2L], file.Hdu(1).Shape);
        Assert.Equal(Enumerable.Range(0, 24), file.ReadPixels<int>(1));
        var plane = new int[12];
        file.ReadPixels(1, plane.AsSpan(), first: 12);
        Assert.Equal(Enumerable.Range(12, 12), plane);
        Assert.True(file.Hdu(2).IsCompressed);
        Assert.False(file.Hdu(3).IsImage);
        Assert.Equal([1.5, 2.5], file.ReadColumn(3, "X"));
    }

    [Fact]
    public void Reading_past_the_end_or_the_wrong_thing_is_an_error_that_names_the_file()
    {
        var path = Write(new ushort[] { 0, 1, 2, 65535 }, 2, 2, new FitsHeader());
        using var file = FitsFile.Open(path);

        Assert.Contains(path, Assert.Throws<FitsException>(() => file.ReadPixels(0, new ushort[5].AsSpan())).Message, StringComparison.Ordinal);
        Assert.Equal(107, Assert.Throws<FitsException>(() => file.Hdu(3)).Status);
        Assert.Equal(412, Assert.Throws<FitsException>(() => file.ReadPixels<short>(0)).Status);
        Assert.Throws<ArgumentException>(() => file.ReadPixels<decimal>(0));
    }

    [Fact]
    public void What_is_not_FITS_is_refused_with_a_readable_message()
    {
        var garbage = _directory.File("garbage.fits");
        var bytes = new byte[5000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(garbage, bytes);
        var truncated = Write(new ushort[10_000], 100, 100, new FitsHeader());
        using (var stream = File.OpenWrite(truncated))
            stream.SetLength(5760);

        var error = Assert.Throws<FitsException>(() => FitsFile.Open(garbage));
        Assert.Contains(garbage, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, c => c is < ' ' or > '~');
        Assert.Contains("no such file", Assert.Throws<FitsException>(() => FitsFile.Open(_directory.File("missing.fits"))).Message, StringComparison.Ordinal);
        using var file = FitsFile.Open(truncated);
        Assert.Contains(truncated, Assert.Throws<FitsException>(() => file.ReadPixels<ushort>(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_taken_literally()
    {
        var path = Write(new ushort[] { 7 }, 1, 1, new FitsHeader(), name: "!M31[1:2] (copy)+2.fits");

        using var file = FitsFile.Open(path);

        Assert.Equal([7], file.ReadPixels<ushort>(0));
    }

    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        var error = Assert.Throws<FitsException>(() => Cfitsio.Require("libcfitsio.so.999"));

        Assert.Contains("apt install libcfitsio10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_threads_write_and_read_their_own_files()
    {
        var pixels = Enumerable.Range(0, 10_000).Select(i => (ushort)i).ToArray();
        var work = Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            for (var n = 0; n < 10; n++)
            {
                var path = Write(pixels, 100, 100, RichHeader, n % 2 == 0 ? FitsWriteOptions.Rice : null, $"t{i}-{n}.fits");
                using var file = FitsFile.Open(path);
                Assert.Equal(pixels, file.ReadPixels<ushort>(file.FirstImage().Index));
            }
        }));

        await Task.WhenAll(work);
    }

    private string MultiExtension()
    {
        var path = _directory.File("multi.fits");
        FitsWriter.Write(path, file =>
        {
            file.AppendImage<byte>([], [], new FitsHeader().Set("OBJECT", "primary"));
            file.AppendImage<int>(Enumerable.Range(0, 24).ToArray(), [4, 3, 2], new FitsHeader().Set("EXTNAME", "CUBE"));
            file.AppendImage<ushort>(new ushort[100], [10, 10], new FitsHeader().Set("EXTNAME", "PACKED"), FitsWriteOptions.Rice);
            file.AppendTable("STARS", [("X", [1.5, 2.5]), ("Y", [3, 4])]);
        }, overwrite: true);
        return path;
    }

    private void RoundTrip<T>(FitsCompression compression, FitsPixelType stored, Func<Random, T> next)
        where T : unmanaged
    {
        var random = new Random(42);
        for (var n = 0; n < 5; n++)
        {
            var width = random.Next(1, 70);
            var height = random.Next(1, 50);
            var pixels = new T[width * height];
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = next(random);

            using var file = FitsFile.Open(Write(pixels, width, height, new FitsHeader(), new FitsWriteOptions(compression)));
            var hdu = file.FirstImage();

            Assert.Equal(stored, hdu.PixelType);
            Assert.Equal(pixels, file.ReadPixels<T>(hdu.Index));
        }
    }

    private string Write<T>(T[] pixels, int width, int height, FitsHeader header, FitsWriteOptions? options = null, string? name = null)
        where T : unmanaged
    {
        var path = _directory.File(name ?? $"{Guid.NewGuid():N}.fits");
        FitsWriter.WriteImage<T>(path, pixels, width, height, header, options);
        return path;
    }
}
