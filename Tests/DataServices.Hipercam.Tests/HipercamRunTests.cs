using Emulators.HipercamServer;

namespace DataServices.Hipercam.Tests;

public class HipercamRunTests
{
    // Sky quadrant of each amplifier on the wire (E F G H); CCDs 2 and 5 are seen in a mirror.
    private static readonly (bool IsRight, bool IsUpper)[] _direct = [(false, false), (true, false), (true, true), (false, true)];
    private static readonly (bool IsRight, bool IsUpper)[] _mirrored = [(true, false), (false, false), (false, true), (true, true)];

    [Theory]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public void Every_word_arrives_at_its_pixel(int samples, int windows)
    {
        using var folder = new Folder();
        // 19 columns do not divide into vectors of eight nor into groups of four; 84 and 76 pixels do.
        (int Nx, int Ny)[] sets = [.. new[] { (19, 4), (21, 4) }.Take(windows)];
        var writer = Windowed(sets).Set("NSAMP", $"{samples}");
        writer.IsGrouped = samples != 4;
        writer.Write(folder["run0001.fits"], [1, 2]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        using var frame = file.ReadFrame(2);
        for (var ccd = 0; ccd < 5; ccd++)
        {
            for (var set = 0; set < windows; set++)
            {
                for (var amplifier = 0; amplifier < 4; amplifier++)
                {
                    var (isRight, isUpper) = (ccd is 1 or 4 ? _mirrored : _direct)[amplifier];
                    var window = frame.Ccds[ccd][$"{"EFGH"[amplifier]}{set + 1}"];
                    var (nx, ny) = sets[set];
                    for (var pixel = 0; pixel < nx * ny; pixel++)
                    {
                        int x = pixel % nx, y = pixel / nx;
                        var value = window.RawRow(isUpper ? ny - 1 - y : y)[isRight ? nx - 1 - x : x];
                        Assert.Equal(HipercamRunWriter.Word(2, set, ccd, amplifier, pixel), value);
                    }

                    Assert.Equal(isRight ? 1025 - 30 + 1024 - nx : 1 + 30, window.Geometry.Llx);
                    Assert.Equal(isUpper ? 513 - 40 + 512 - ny : 1 + 40, window.Geometry.Lly);
                }
            }
        }
    }

    [Fact]
    public void A_drift_windows_rows_contain_its_overscan_and_its_windows_on_the_way_need_not_be_told()
    {
        var writer = new HipercamRunWriter("Drift-NoClear", (8, 6)).Set("INCOVSCY", "T").Set("BINY1", "4").Set("DRWIN NX", "8").Set("DRWIN NY", "24").Set("DRWIN YS", "0")
            .Set("DRIFT TLINEDUMP", "0.2").Set("DRIFT TLINESHIFT", "0.5");
        foreach (var quadrant in "EFGH")
            writer.Set($"DRWIN XS{quadrant}", "100");
        using var folder = new Folder();
        writer.Write(folder["run0001.fits"], [1]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal((4, 2), (frame["1"]["E1"].Ny, frame["1"]["E1O"].Ny));
        Assert.True(frame["1"].IsData);
        Assert.Equal(["101,1941,1,8,24"], file.Run.WindowForms);
    }

    [Theory]
    [InlineData(null, 0.25)]
    [InlineData("1.75", 1.75)]
    public void The_exposure_of_a_frame_is_what_the_observer_set(string? card, double expected)
    {
        using var folder = new Folder();
        var writer = Windowed((16, 2));
        writer.ExposureCard = card;
        writer.Write(folder["run0001.fits"], [1]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal((expected, expected), (frame.Time!.Value.ExposureTime, frame.Header.Number("EXPTIME")));
    }

    [Fact]
    public void A_rotated_chip_changes_quadrants_crosswise()
    {
        using var folder = new Folder();
        Windowed((16, 2)).Set("ROTATE1", "T").Write(folder["run0001.fits"], [1]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal((1025 - 30 + 1024 - 16, 513 - 40 + 512 - 2), (frame["1"]["E1"].Geometry.Llx, frame["1"]["E1"].Geometry.Lly));
        Assert.Equal((31, 41), (frame["1"]["G1"].Geometry.Llx, frame["1"]["G1"].Geometry.Lly));
        Assert.Equal((31, 41), (frame["3"]["E1"].Geometry.Llx, frame["3"]["E1"].Geometry.Lly));
        Assert.Equal(HipercamRunWriter.Word(1, 0, 0, 0, 0), frame["1"]["E1"].RawRow(1)[15]);
    }

    [Fact]
    public void Prescan_and_overscan_are_windows_of_their_own()
    {
        using var folder = new Folder();
        var writer = new HipercamRunWriter("FullFrame-Clear", (1074 / 2, 520 / 8)).Set("BINX1", "2").Set("BINY1", "8").Set("INCPRSCX", "T").Set("INCOVSCY", "T").Set("CLRCCD", "T");
        writer.Write(folder["run0001.fits"], [1]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal(["E1", "E1P", "E1O", "F1", "F1P", "F1O"], frame["1"].Windows.Take(6).Select(window => window.Label));
        Assert.Equal(new WindowGeometry("E1P", -49, -7, 25, 65, 2, 8), frame["1"]["E1P"].Geometry);
        Assert.Equal(new WindowGeometry("E1O", 1, -7, 512, 1, 2, 8), frame["1"]["E1O"].Geometry);
        Assert.Equal(new WindowGeometry("G1P", 2049, 513, 25, 65, 2, 8), frame["1"]["G1P"].Geometry);
        Assert.Equal(new WindowGeometry("G1O", 1025, 1025, 512, 1, 2, 8), frame["1"]["G1O"].Geometry);
        Assert.Equal(HipercamRunWriter.Word(1, 0, 0, 0, 0), frame["1"]["E1P"].RawRow(0)[0]);
        Assert.Equal(HipercamRunWriter.Word(1, 0, 0, 0, 25), frame["1"]["E1"].RawRow(0)[0]);
        Assert.Equal(HipercamRunWriter.Word(1, 0, 0, 0, 64 * 537 + 25), frame["1"]["E1O"].RawRow(0)[0]);
    }

    [Theory]
    [InlineData(0, 4, 25, 4)]
    [InlineData(16, 0, 33, 2)]
    [InlineData(1, 1, 25, 2)]
    public void A_readout_of_nothing_but_scans_gives_empty_windows_beside_them(int columns, int rows, int nx, int ny)
    {
        using var folder = new Folder();
        var isNarrow = columns < 2;
        var writer = Windowed((nx, ny)).Set("BINX1", "2").Set("BINY1", "4").Set("INCPRSCX", "T").Set("INCOVSCY", rows < 4 ? "T" : "F")
            .Set("WIN1 NX", $"{columns}").Set("WIN1 NY", rows < 4 ? $"{rows}" : $"{4 * ny}");
        writer.Write(folder["run0001.fits"], [1]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        using var frame = file.ReadFrame(1);
        var window = frame["1"]["E1"];
        Assert.Equal(0, window.Nx * window.Ny);
        Assert.Equal(0u, window.Summarise().Crc32);
        Assert.Equal((25, ny), (frame["1"]["E1P"].Nx, frame["1"]["E1P"].Ny));
        Assert.Equal(isNarrow ? 0 : 8, window.Nx);
        Assert.Equal(HipercamRunWriter.Word(1, 0, 0, 0, 24), frame["1"]["E1P"].RawRow(0)[24]);

        // In a .hcm file there is no place for a window without pixels.
        HcmFile.Write(folder["frame.hcm"], frame);
        using var read = HcmFile.ReadMccd(folder["frame.hcm"]);
        Assert.Equal(frame["3"].Windows.Where(each => each.Nx * each.Ny > 0).Select(each => each.Label), read["3"].Windows.Select(each => each.Label));
        Assert.Equal(frame["3"]["G1P"].Summarise(), read["3"]["G1P"].Summarise());
        Assert.NotNull(read["3"].Header["NCYCLE"]);
    }

    [Fact]
    public void Drift_rows_that_do_not_hold_their_overscan_are_an_error()
    {
        using var folder = new Folder();
        var writer = new HipercamRunWriter("Drift", (8, 4)).Set("INCOVSCY", "T").Set("DRWIN NX", "8").Set("DRWIN NY", "4").Set("DRWIN YS", "0")
            .Set("DRIFT TLINEDUMP", "0.2").Set("DRIFT TLINESHIFT", "0.5");
        foreach (var quadrant in "EFGH")
            writer.Set($"DRWIN XS{quadrant}", "100");
        writer.Write(folder["run0001.fits"], [1]);
        var error = Assert.Throws<RunException>(() => HipercamRunFile.Open(folder["run0001"]));
        Assert.Contains("4 binned rows cannot contain the overscan of 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_frames_are_counted_at_the_frame_after_the_gap_whichever_way_it_is_reached()
    {
        using var folder = new Folder();
        Windowed((16, 2)).Write(folder["run0001.fits"], [1, 2, 3, 5, 6, 9]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        foreach (var position in (int[])[1, 2, 3, 4, 5, 6, 4, 6, 3])
        {
            using var frame = file.ReadFrame(position);
            Assert.Equal(position switch { 4 => (5, 1), 6 => (9, 2), 5 => (6, 0), _ => (position, 0) }, (frame.Number, frame.Dropped));
        }
    }

    [Fact]
    public async Task The_filling_of_the_last_block_is_no_frame()
    {
        using var folder = new Folder();
        Windowed((4, 1)).Write(folder["run0001.fits"], [1, 2, 3, 4, 5]);
        Assert.Equal(5, (await Read("hl", folder["run0001"])).Frames);
    }

    [Fact]
    public async Task A_run_without_a_number_of_frames_is_read_to_its_end()
    {
        using var folder = new Folder();
        var writer = Windowed((40, 4));
        writer.FrameCount = 0;
        writer.Write(folder["run0001.fits"], [1, 2, 3, 4]);
        Assert.Equal(4, (await Read("hl", folder["run0001"])).Frames);
    }

    [Fact]
    public async Task A_truncated_run_is_told_from_one_that_ended()
    {
        using var folder = new Folder();
        var writer = Windowed((40, 4));
        writer.Write(folder["run0001.fits"], [1, 2, 3, 4]);
        Assert.Null((await Read("hl", folder["run0001"])).Truncation);
        using (var file = File.OpenWrite(folder["run0001.fits"]))
            file.SetLength(writer.Header(4).Length + 4L * writer.FrameBytes - 1000);
        var (frames, truncation) = await Read("hl", folder["run0001"]);
        Assert.Equal(3, frames);
        Assert.Contains("promises 4 frames", truncation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 24)]
    [InlineData(10, 15)]
    [InlineData(24, 1)]
    [InlineData(25, 0)]
    public async Task A_run_is_read_from_the_first_frame_asked_for(int first, int frames)
    {
        using var folder = new Folder();
        Windowed((16, 2)).Write(folder["run0001.fits"], [.. Enumerable.Range(1, 24)]);
        Assert.Equal(frames, (await Read("hl", folder["run0001"], first)).Frames);
    }

    [Fact]
    public async Task The_newest_frame_is_given_once_and_the_next_when_the_run_has_grown()
    {
        using var folder = new Folder();
        var writer = Windowed((16, 2));
        writer.Write(folder["run0001.fits"], [1, 2, 3]);
        await using var source = await DataSource.OpenAsync("hl", folder["run0001"], new SourceOptions { First = 0 });
        Assert.Equal(3, await Number(source));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        writer.Write(folder["run0001.fits"], [1, 2, 3, 4, 5]);
        Assert.Equal(5, await Number(source));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
    }

    [Fact]
    public async Task A_growing_run_is_followed_frame_by_frame()
    {
        using var folder = new Folder();
        var writer = Windowed((16, 2));
        writer.Write(folder["run0001.fits"], [1]);
        await using var source = await DataSource.OpenAsync("hl", folder["run0001"], new SourceOptions { IsFollowing = true });
        Assert.Equal(1, await Number(source));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        writer.Write(folder["run0001.fits"], [1, 2, 3]);
        Assert.Equal((2, 3), (await Number(source), await Number(source)));
    }

    [Fact]
    public void The_middle_of_an_exposure_before_midnight_is_on_the_day_before()
    {
        using var folder = new Folder();
        Windowed((16, 2)).Set("NSKIPS1", "2").Write(folder["run0001.fits"], [1, 2, 3], _ => new DateTime(2027, 1, 1));
        using var file = HipercamRunFile.Open(folder["run0001"]);
        using var frame = file.ReadFrame(2);
        var middle = frame["1"].Time!.Value;
        Assert.Equal(61405, middle.Time.MjdDay);
        Assert.Equal(61405.99999616898, middle.Mjd, 1e-10);
        Assert.Equal("2026-12-31T23:59:59.669000000", middle.Time.ToString());
        Assert.Equal((1.162, false, false), (middle.ExposureTime, middle.IsGood, frame["1"].IsData));
    }

    [Theory]
    [InlineData(-1, -1, false)]
    [InlineData(9, 0, false)]
    [InlineData(9, 1, true)]
    public void A_time_is_good_while_the_clock_is_held_by_GPS(int satellites, int synced, bool isGood)
    {
        var writer = Windowed((16, 2));
        var frame = writer.Frame(1, new DateTime(2026, 3, 14, 23, 59, 58), (sbyte)satellites, (sbyte)synced);
        Assert.Equal(isGood, HipercamStamp.Decode(frame.AsSpan()[^HipercamStamp.Length..]).Time(1).IsGood);
    }

    [Fact]
    public void A_stamp_that_is_no_date_is_not_trusted()
    {
        var stamp = new HipercamStamp(1, 1, 2153396116, 1, 0, 0, 0, 0, 9, 1);
        Assert.Equal(("2000-01-01T00:00:02.000000000", false), (stamp.Time(1).Time.ToString(), stamp.Time(1).IsGood));
        Assert.Equal(0, (stamp with { FrameCount = uint.MaxValue - 5 }).Number);
    }

    [Theory]
    [InlineData("READ CURNAME", "'Imaging'", typeof(UnsupportedModeException))]
    [InlineData("BINX1", "0", typeof(RunException))]
    [InlineData("WIN1 NX", "5000", typeof(RunException))]
    [InlineData("WIN1 XSE", "'left'", typeof(RunException))]
    [InlineData("NSKIPS5", "-1", typeof(RunException))]
    public void A_header_that_makes_no_sense_is_an_error_naming_the_run_and_the_card(string keyword, string value, Type expected)
    {
        using var folder = new Folder();
        Windowed((16, 2)).Set(keyword, value).Write(folder["run0001.fits"], [1]);
        var error = Assert.Throws(expected, () => HipercamRunFile.Open(folder["run0001"]));
        Assert.Contains("run0001.fits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prescan_that_cannot_be_binned_is_an_error()
    {
        using var folder = new Folder();
        Windowed((16, 2)).Set("BINX1", "3").Set("INCPRSCX", "T").Write(folder["run0001.fits"], [1]);
        Assert.Contains("prescan", Assert.Throws<RunException>(() => HipercamRunFile.Open(folder["run0001"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_not_there_is_not_found()
    {
        using var folder = new Folder();
        Assert.Throws<RunNotFoundException>(() => HipercamRunFile.Open(folder["run0001"]));
    }

    [Fact]
    public void Pixels_cannot_be_read_after_the_frame_was_given_back()
    {
        using var folder = new Folder();
        Windowed((16, 2)).Write(folder["run0001.fits"], [1]);
        using var file = HipercamRunFile.Open(folder["run0001"]);
        var frame = file.ReadFrame(1);
        var window = frame["1"]["E1"];
        frame.Dispose();
        Assert.Throws<ObjectDisposedException>(() => window.RawRow(0).Length);
    }

    internal static HipercamRunWriter Windowed(params (int Nx, int Ny)[] sets)
    {
        var writer = new HipercamRunWriter(sets.Length == 1 ? "OneWindow-NoClear" : "TwoWindow-NoClear", sets);
        for (var set = 1; set <= sets.Length; set++)
        {
            writer.Set($"WIN{set} NX", $"{sets[set - 1].Nx}").Set($"WIN{set} NY", $"{sets[set - 1].Ny}").Set($"WIN{set} YS", "40");
            foreach (var quadrant in "EFGH")
                writer.Set($"WIN{set} XS{quadrant}", "30");
        }

        return writer;
    }

    internal static async Task<(int Frames, string? Truncation)> Read(string source, string run, int first = 1)
    {
        await using var frames = await DataSource.OpenAsync(source, run, new SourceOptions { First = first });
        var count = 0;
        await foreach (var frame in frames.ReadAllAsync())
        {
            frame.Dispose();
            count++;
        }

        return (count, frames.Truncation);
    }

    internal static async Task<int> Number(FrameSource source)
    {
        using var frame = (await source.TryNextAsync()).Frame!;
        return frame.Number;
    }
}
