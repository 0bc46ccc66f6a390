using System.Text;
using Emulators.HipercamServer;

namespace DataServices.Hipercam.Tests;

public class UltracamRunTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(19)]
    public void Every_word_arrives_at_its_pixel_and_right_windows_are_mirrored(int nx)
    {
        using var folder = new Folder();
        Pair(nx, 3).Write(folder["run001"], 2);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(2);
        for (var ccd = 0; ccd < 3; ccd++)
        {
            for (var pixel = 0; pixel < nx * 3; pixel++)
            {
                int x = pixel % nx, y = pixel / nx;
                Assert.Equal(UltracamRunWriter.Word(2, 6 * pixel + 2 * ccd), frame.Ccds[ccd]["1"].RawRow(y)[x]);
                Assert.Equal(UltracamRunWriter.Word(2, 6 * pixel + 2 * ccd + 1), frame.Ccds[ccd]["2"].RawRow(y)[nx - 1 - x]);
            }
        }

        Assert.Equal(new WindowGeometry("2", 601, 201, nx, 3, 1, 1, "LR"), frame["3"]["2"].Geometry);
    }

    [Fact]
    public void Overscan_frames_are_cut_into_six_windows()
    {
        using var folder = new Folder();
        new UltracamRunWriter("ap4_frameover", 6 * 540 * 1032).Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(1);
        WindowGeometry[] expected =
        [
            new("1", 1, 1, 512, 1024, 1, 1, "LL"), new("2", 513, 1, 512, 1024, 1, 1, "LR"), new("3", 1025, 1, 28, 1032, 1, 1, "LL"),
            new("4", 1053, 1, 28, 1032, 1, 1, "LR"), new("5", 1, 1025, 512, 8, 1, 1, "LL"), new("6", 513, 1025, 512, 8, 1, 1, "LR"),
        ];
        Assert.Equal(expected, frame["2"].Windows.Select(window => window.Geometry));
        ushort Left(int x, int y) => UltracamRunWriter.Word(1, 6 * (540 * y + x) + 2);
        ushort Right(int x, int y) => UltracamRunWriter.Word(1, 6 * (540 * y + 539 - x) + 3);
        Assert.Equal((Left(24, 7), Left(535, 7)), (frame["2"]["1"].RawRow(7)[0], frame["2"]["1"].RawRow(7)[511]));
        Assert.Equal((Right(4, 7), Right(515, 7)), (frame["2"]["2"].RawRow(7)[0], frame["2"]["2"].RawRow(7)[511]));
        Assert.Equal((Left(0, 1031), Left(23, 1031), Left(536, 1031)), (frame["2"]["3"].RawRow(1031)[0], frame["2"]["3"].RawRow(1031)[23], frame["2"]["3"].RawRow(1031)[24]));
        Assert.Equal((Right(3, 5), Right(516, 5)), (frame["2"]["4"].RawRow(5)[3], frame["2"]["4"].RawRow(5)[4]));
        Assert.Equal(Left(24, 1024), frame["2"]["5"].RawRow(0)[0]);
    }

    [Theory]
    [InlineData(0, 1, 8, 1)]
    [InlineData(1, 950, 8, 0)]
    public void ULTRASPEC_columns_without_light_are_dropped(int output, int llx, int chopped, int mirror)
    {
        using var folder = new Folder();
        var writer = new UltracamRunWriter("ccd201_winbin_con", 43 * 4, isUltraspec: true).Set("X_BIN_FAC", "2").Set("OUTPUT", $"{output}")
            .Set("X1_START", output == 0 ? "1" : "38").Set("Y1_START", "5").Set("X1_SIZE", "43").Set("Y1_SIZE", "4");
        writer.Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(1);
        var window = frame["1"]["1"];
        if (mirror == 1)
        {
            Assert.Equal((llx, 43 - chopped, "LL"), (window.Geometry.Llx, window.Nx, window.Geometry.OutAmp));
            Assert.Equal(UltracamRunWriter.Word(1, 43 + chopped), window.RawRow(1)[0]);
        }
        else
        {
            Assert.Equal((llx, 43, "LR"), (window.Geometry.Llx, window.Nx, window.Geometry.OutAmp));
            Assert.Equal(UltracamRunWriter.Word(1, 43 + 42), window.RawRow(1)[0]);
        }
    }

    [Fact]
    public void Times_do_not_depend_on_which_frames_were_read_before()
    {
        using var folder = new Folder();
        Pair(16, 3).Set("NBLUE", "3").Write(folder["run001"], 30);
        using var inOrder = UltracamRunFile.Open(folder["run001"]);
        var times = new List<(FrameTime, FrameTime)>();
        for (var position = 1; position <= 30; position++)
        {
            using var frame = inOrder.ReadFrame(position);
            times.Add((frame.Time!.Value, frame["3"].Time!.Value));
        }

        Assert.Equal((false, false, true), (times[0].Item1.IsGood, times[1].Item1.IsGood, times[2].Item1.IsGood));
        using var jumping = UltracamRunFile.Open(folder["run001"]);
        foreach (var position in (int[])[17, 3, 30, 1, 2, 17])
        {
            using var frame = jumping.ReadFrame(position);
            Assert.Equal(times[position - 1], (frame.Time!.Value, frame["3"].Time!.Value));
        }
    }

    [Theory]
    [InlineData(4, true, "")]
    [InlineData(0x204, false, "GPS antenna failed")]
    [InlineData(0, false, "GPS was never synchronised")]
    [InlineData(5, false, "GPS is running free")]
    public void The_receivers_status_decides_whether_a_time_is_good(ushort status, bool isGood, string reason)
    {
        var writer = new UltracamRunWriter("ap3_fullframe", 6 * 512 * 1024);
        var run = UltracamRun.FromXml("run001", new MemoryStream(Encoding.UTF8.GetBytes(writer.Xml())));
        var clock = new UltracamClock(run);
        clock.Add(writer.Frame(1).AsSpan(0, 32));
        var (_, time, _) = clock.Add(writer.Frame(2, status).AsSpan(0, 32));
        Assert.Equal((isGood, reason), (time.IsGood, time.Reason));
    }

    [Fact]
    public async Task A_run_that_ends_inside_a_frame_is_truncated_and_stays_ended()
    {
        using var folder = new Folder();
        Pair(16, 3).Write(folder["run001"], 5, tail: 40);
        await using var source = await DataSource.OpenAsync("ul", folder["run001"]);
        for (var i = 1; i <= 5; i++)
            Assert.Equal(i, await HipercamRunTests.Number(source));
        Assert.Equal(NextFrameKind.Truncated, (await source.TryNextAsync()).Kind);
        Assert.Equal(NextFrameKind.Truncated, (await source.TryNextAsync()).Kind);
        Assert.Contains("frame 6", source.Truncation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_growing_run_has_no_frame_yet()
    {
        using var folder = new Folder();
        Pair(16, 3).Write(folder["run001"], 0);
        await using var source = await DataSource.OpenAsync("ul", folder["run001"], new SourceOptions { First = 0 });
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        Pair(16, 3).Write(folder["run001"], 4);
        Assert.Equal(4, await HipercamRunTests.Number(source));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
    }

    [Fact]
    public void Sizes_that_contradict_each_other_are_named()
    {
        using var folder = new Folder();
        var writer = Pair(16, 3);
        writer.ClaimedBytes = 999;
        writer.Write(folder["run001"], 1);
        var error = Assert.Throws<RunException>(() => UltracamRunFile.Open(folder["run001"]));
        Assert.Contains("999", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{writer.FrameBytes}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_power_on_run_has_chips_but_no_frames()
    {
        using var folder = new Folder();
        new UltracamRunWriter("ap1_poweron", 10).Write(folder["run001"], 1);
        Assert.Throws<UnsupportedModeException>(() => UltracamRunFile.Open(folder["run001"]));
        Assert.Equal(3, (await DataSource.GetCcdsAsync("ul", folder["run001"])).Count);
    }

    [Fact]
    public void A_power_on_run_needs_nothing_but_its_application_to_name_its_chips()
    {
        const string xml = """
            <status><data_status framesize="0"><header_status headerwords="0"/></data_status><instrument_status><name>ULTRASPEC</name>
            <application_status id="SDSU Exec" name="ccd201_pon_cfg"/></instrument_status></status>
            """;
        var run = UltracamRun.FromXml("run001", new MemoryStream(Encoding.UTF8.GetBytes(xml)));
        Assert.Equal(new KeyValuePair<string, CcdSize>("1", new CcdSize(1056, 1072, 0, 0)), Assert.Single(run.Ccds));
        Assert.Throws<UnsupportedModeException>(() => run.WindowForms);
    }

    [Fact]
    public void Version_130307_has_the_later_timing()
    {
        var writer = Pair(16, 3);
        writer.Revision = "130307";
        Assert.Equal(2, UltracamRun.FromXml("run001", new MemoryStream(Encoding.UTF8.GetBytes(writer.Xml()))).TimingFormat);
    }

    [Fact]
    public void External_entities_are_refused()
    {
        var xml = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + Pair(16, 3).Xml();
        Assert.Throws<RunException>(() => UltracamRun.FromXml("run001", new MemoryStream(Encoding.UTF8.GetBytes(xml))));
    }

    internal static UltracamRunWriter Pair(int nx, int ny) => new UltracamRunWriter("ap5_window1pair", 6 * nx * ny)
        .Set("X1L_START", "101").Set("X1R_START", "601").Set("Y1_START", "201").Set("X1_SIZE", $"{nx}").Set("Y1_SIZE", $"{ny}");
}
