using DataServices.Fits;
using Emulators.HipercamServer;

namespace DataServices.Hipercam.Tests;

public class HcmTests
{
    [Fact]
    public void A_raw_frame_written_and_read_back_is_the_same()
    {
        using var folder = new Folder();
        HipercamRunTests.Windowed((20, 3), (24, 4)).Write(folder["run0001.fits"], [1, 2]);
        using var run = HipercamRunFile.Open(folder["run0001"]);
        using var frame = run.ReadFrame(2);
        HcmFile.Write(folder["frame.hcm"], frame);
        using var read = HcmFile.ReadMccd(folder["frame.hcm"]);
        Assert.Equal(2, read.Number);
        Assert.Equal(frame.Ccds.Select(ccd => (ccd.Label, ccd.Size, ccd.IsData)), read.Ccds.Select(ccd => (ccd.Label, ccd.Size, ccd.IsData)));
        foreach (var (ours, theirs) in frame.Ccds.SelectMany(ccd => ccd.Windows).Zip(read.Ccds.SelectMany(ccd => ccd.Windows)))
        {
            Assert.Equal(ours.Geometry, theirs.Geometry);
            Assert.Equal(ours.Summarise(), theirs.Summarise());
        }

        Assert.Equal(frame["1"].Header.Number("MJDUTC"), read["1"].Header.Number("MJDUTC"));
        Assert.False(read.Header.Contains("NUMCCD") || read.Header.Contains("HIPERCAM"));

        HcmFile.Write(folder["again.hcm"], read);
        using FitsFile first = FitsFile.Open(folder["frame.hcm"]), second = FitsFile.Open(folder["again.hcm"]);
        Assert.Equal(first.HduCount, second.HduCount);
        for (var hdu = 0; hdu < first.HduCount; hdu++)
        {
            Assert.Equal(first.ReadHeader(hdu).Select(card => (card.Keyword, card.Value)).Order(), second.ReadHeader(hdu).Select(card => (card.Keyword, card.Value)).Order());
            Assert.True(second.VerifyChecksum(hdu));
        }
    }

    [Fact]
    public void The_mosaic_cards_follow_from_the_windows_place()
    {
        using var folder = new Folder();
        var window = new Window(new WindowGeometry("E1", 11, 21, 3, 2, 2, 3, "LL"), [1, 2, 3, 4, 5, 6f]);
        var size = new CcdSize(2048, 1024, 50, 8);
        using var frame = new Mccd([.. Enumerable.Range(1, 5).Select(ccd => new Ccd($"{ccd}", [window], size, new FitsHeader()))], new FitsHeader().Set("NFRAME", 7));
        HcmFile.Write(folder["frame.hcm"], frame);
        using var file = FitsFile.Open(folder["frame.hcm"]);
        var first = file.ReadHeader(1);
        Assert.Equal(("C:1, W:E1", "2 3", "[11:16,21:26]", "[11:16,21:26]"), (first.Text("EXTNAME"), first.Text("CCDSUM"), first.Text("DATASEC"), first.Text("DETSEC")));
        Assert.Equal((1 - 11.5 / 2, 0.5), (first.Number("LTV1"), first.Number("LTM1_1")));
        Assert.Equal(("[1:3,1:2]", 11.0, 21.0), (first.Text("CCDSEC"), first.Number("CRVAL1"), first.Number("CRVAL2")));
        // The fifth chip is the second of the second row: a chip with its pads and a gap to the right and below.
        Assert.Equal(("[2359:2364,-1219:-1214]", 2348.0, -1240.0), (file.ReadHeader(5).Text("DETSEC"), file.ReadHeader(5).Number("DTV1"), file.ReadHeader(5).Number("DTV2")));
    }

    [Fact]
    public void Doubles_stay_doubles_only_when_asked_for()
    {
        using var folder = new Folder();
        WriteSingle(folder["one.hcm"], [1.25, 1e-9 + 1], "CCD");
        Assert.False(HcmFile.ReadCcd(folder["one.hcm"]).Windows[0].IsDouble);
        Assert.Equal(1e-9 + 1, HcmFile.ReadCcd(folder["one.hcm"], HcmPrecision.AsStored).Windows[0].ToDoubles()[1]);
    }

    [Fact]
    public void A_file_of_another_type_is_refused_by_name()
    {
        using var folder = new Folder();
        WriteSingle(folder["odd.hcm"], [1, 2], "SPECTRUM");
        WriteSingle(folder["none.hcm"], [1, 2], null);
        Assert.Contains("SPECTRUM", Assert.Throws<RunException>(() => HcmFile.Read(folder["odd.hcm"])).Message, StringComparison.Ordinal);
        Assert.Contains("no HIPERCAM", Assert.Throws<RunException>(() => HcmFile.Read(folder["none.hcm"])).Message, StringComparison.Ordinal);
        Assert.Throws<RunNotFoundException>(() => HcmFile.Read(folder["missing.hcm"]));
    }

    [Fact]
    public async Task A_list_is_read_in_order_up_to_the_file_that_is_missing()
    {
        using var folder = new Folder();
        WriteSingle(folder["a.hcm"], [1, 2], "CCD");
        File.WriteAllText(folder["frames.lis"], "# comment\n\n  a  \na.hcm\nmissing\n");
        await using var source = await DataSource.OpenAsync("hf", folder["frames.lis"]);
        Assert.Equal("a", (await source.TryNextAsync()).Frame!.Header.Text("FILENAME"));
        Assert.Equal("a.hcm", (await source.TryNextAsync()).Frame!.Header.Text("FILENAME"));
        await Assert.ThrowsAsync<RunNotFoundException>(() => source.TryNextAsync().AsTask());
        Assert.Equal(NextFrameKind.End, (await source.TryNextAsync()).Kind);
        Assert.Equal(new CcdSize(600, 500, 0, 0), (await DataSource.GetCcdsAsync("hf", folder["frames.lis"])).Single().Value);
    }

    [Fact]
    public async Task Lists_without_names_and_chips_without_place_are_told()
    {
        using var folder = new Folder();
        WriteSingle(folder["a.hcm"], [1, 2], "CCD");
        File.WriteAllText(folder["empty.lis"], "# nothing\n");
        File.WriteAllText(folder["frames.lis"], "a\n");
        Assert.Equal(0, (await HipercamRunTests.Read("hf", folder["empty.lis"])).Frames);
        await Assert.ThrowsAsync<RunException>(() => DataSource.GetCcdsAsync("hf", folder["empty.lis"]).AsTask());
        await Assert.ThrowsAsync<RunNotFoundException>(() => DataSource.GetCcdsAsync("hf", folder["no.lis"]).AsTask());
        await using var source = await DataSource.OpenAsync("hf", folder["frames.lis"], new SourceOptions { Ccd = "9" });
        await Assert.ThrowsAsync<KeyNotFoundException>(() => source.TryNextAsync().AsTask());
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("HL")]
    [InlineData("nothing:local")]
    [InlineData("hipercam:remote")]
    public async Task An_unknown_source_is_an_error_that_lists_the_known(string source)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => DataSource.OpenAsync(source, "run0001").AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => DataSource.GetCcdsAsync(source, "run0001").AsTask());
    }

    private static void WriteSingle(string path, double[] pixels, string? type)
    {
        var header = new FitsHeader().Set("NXTOT", 600).Set("NYTOT", 500).Set("LLX", 5).Set("LLY", 6).Set("XBIN", 1).Set("YBIN", 1);
        if (type is not null)
            header.Set("HIPERCAM", type);
        FitsWriter.WriteImage<double>(path, pixels, pixels.Length, 1, header);
    }
}
