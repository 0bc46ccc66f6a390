namespace DataServices.Fits.Tests;

public class FitsMemoryTests
{
    [Fact]
    public void A_file_made_in_memory_is_read_from_memory_and_from_disk()
    {
        var first = Enumerable.Range(0, 60_000).Select(i => (ushort)i).ToArray();
        var cube = Enumerable.Range(0, 2 * 3 * 4).Select(i => i * 0.5f).ToArray();
        var bytes = FitsFile.ToBytes("memory", file =>
        {
            file.AppendImage<ushort>(first, [300, 200], new FitsHeader().Set("OBJECT", "M 31"));
            file.AppendImage<float>(cube, [2, 3, 4], new FitsHeader().Set("ESO DET LONG NAME", 7));
            file.AppendImage<ushort>(first, [300, 200], new FitsHeader(), FitsWriteOptions.Rice);
        });
        Assert.Equal(0, bytes.Length % 2880);
        using (var file = FitsFile.Open("memory", bytes))
            Check(file);
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "disk.fits");
        File.WriteAllBytes(path, bytes);
        using (var file = FitsFile.Open(path))
            Check(file);

        void Check(FitsFile file)
        {
            Assert.Equal(3, file.HduCount);
            Assert.Equal(first, file.ReadPixels<ushort>(0));
            Assert.Equal(cube, file.ReadPixels<float>(1));
            Assert.Equal(first, file.ReadPixels<ushort>(2));
            Assert.Equal(7, file.ReadHeader(1).Integer("ESO DET LONG NAME"));
            for (var hdu = 0; hdu < 3; hdu++)
                Assert.True(file.VerifyChecksum(hdu));
        }
    }

    [Fact]
    public void Bytes_that_are_no_FITS_file_are_refused_by_name()
    {
        Assert.Contains("letter", Assert.Throws<FitsException>(() => FitsFile.Open("letter", new byte[100])).Message, StringComparison.Ordinal);
        Assert.Contains("letter", Assert.Throws<FitsException>(() => FitsFile.Open("letter", new byte[5760])).Message, StringComparison.Ordinal);
    }
}
