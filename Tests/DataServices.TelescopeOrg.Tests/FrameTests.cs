using System.IO.Compression;
using DataServices.Fits;

namespace DataServices.TelescopeOrg.Tests;

public sealed class FrameTests : SiteFixture
{
    [Fact]
    public async Task A_cube_becomes_one_frame_per_filter_with_the_same_pixels_as_the_zips_members()
    {
        var client = Client();
        var fromCube = FrameExtractor.Extract(await client.GetFileAsync(420001), Path.Combine(Folder, "a"), "420001");
        var fromZip = FrameExtractor.Extract(await client.GetFileAsync(420001, FileKind.Zip), Path.Combine(Folder, "b"), "420001");
        Assert.Equal(["420001-B.fits", "420001-V.fits", "420001-R.fits"], fromCube.Select(frame => Path.GetFileName(frame.Path)));
        Assert.Equal(fromCube.Select(frame => frame.Filter), fromZip.Select(frame => frame.Filter));
        foreach (var (one, other) in fromCube.Zip(fromZip))
        {
            using var cube = FitsFile.Open(one.Path);
            using var zip = FitsFile.Open(other.Path);
            Assert.Equal([72L, 60L], cube.FirstImage().Shape);
            Assert.Equal(FitsPixelType.UInt16, cube.FirstImage().PixelType);
            Assert.Equal((one.Filter, "SS Cyg", 120.0), (cube.ReadHeader().Text("FILTER"), cube.ReadHeader().Text("OBJECT"), cube.ReadHeader().Number("EXPTIME")));
            Assert.True(cube.VerifyChecksum(0));
            Assert.Equal(zip.ReadPixels<ushort>(0), cube.ReadPixels<ushort>(0));
        }
    }

    [Fact]
    public async Task The_planes_of_a_cube_keep_their_own_pixels()
    {
        var path = await Client().GetFileAsync(420001);
        using var cube = FitsFile.Open(path);
        var pixels = cube.ReadPixels<ushort>(0);
        var frames = FrameExtractor.Extract(path, Path.Combine(Folder, "a"), "x");
        for (var plane = 0; plane < 3; plane++)
        {
            using var frame = FitsFile.Open(frames[plane].Path);
            Assert.Equal(pixels.AsSpan(plane * 72 * 60, 72 * 60).ToArray(), frame.ReadPixels<ushort>(0));
        }
    }

    [Fact]
    public async Task A_member_that_is_not_whole_is_named()
    {
        var path = Path.Combine(Folder, "bad.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            await using var stream = archive.CreateEntry("../../x-B.fits").Open();
            await stream.WriteAsync(new byte[100]);
        }

        var error = Assert.Throws<DownloadException>(() => FrameExtractor.Extract(path, Path.Combine(Folder, "a"), "x"));
        Assert.Contains("x-B.fits", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Folder, "a")));
    }
}
