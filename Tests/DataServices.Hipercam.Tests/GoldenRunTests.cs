using System.Text.Json;
using DataServices.Fits;

namespace DataServices.Hipercam.Tests;

/// <summary>Synthetic runs read by the original readers, number by number.</summary>
public class GoldenRunTests
{
    private const double HipercamSeconds = 1e-11;

    // The original keeps dates as doubles.
    private const double UltracamSeconds = 8.4e-7;

    [GoldenTheory]
    [InlineData("hc_badtime")]
    [InlineData("hc_drift")]
    [InlineData("hc_dropped")]
    [InlineData("hc_full_8x8")]
    [InlineData("hc_full_scan_8x8")]
    [InlineData("hc_nsamp1")]
    [InlineData("hc_one_clear_prescan")]
    [InlineData("hc_truncated")]
    [InlineData("hc_two_2x2")]
    public async Task HiPERCAM_frames_agree_with_the_reference(string run) =>
        await Compare("hl", run, Golden.Values("hipercam.json").GetProperty(run + ".fits"), HipercamSeconds);

    [GoldenTheory]
    [InlineData("uc_2pair")]
    [InlineData("uc_drift")]
    [InlineData("uc_ffclr")]
    [InlineData("uc_old")]
    [InlineData("us_2win")]
    [InlineData("us_drift")]
    public async Task ULTRACAM_frames_agree_with_the_reference(string run) =>
        await Compare("ul", run, Golden.Values("ultracam.json").GetProperty(run), UltracamSeconds);

    [GoldenFact]
    public void Frames_read_in_any_order_have_the_same_pixels()
    {
        using var file = HipercamRunFile.Open(Golden.Data("hc_two_2x2"));
        foreach (var expected in Golden.Values("hipercam.json").GetProperty("_random_access").EnumerateObject())
        {
            using var frame = file.ReadFrame(int.Parse(expected.Name));
            Assert.Equal(expected.Value.GetProperty("NFRAME").GetInt32(), frame.Number);
            Assert.Equal(expected.Value.GetProperty("crc").GetUInt32(), frame["3"]["G2"].Summarise().Crc32);
        }
    }

    [GoldenFact]
    public void Timing_blocks_are_decoded_field_by_field()
    {
        foreach (var run in Golden.Values("hipercam.json").GetProperty("_timing_bytes").EnumerateObject())
        {
            foreach (var block in run.Value.GetProperty("frames").EnumerateArray())
            {
                var stamp = HipercamStamp.Decode(Convert.FromHexString(block.GetProperty("hex").GetString()!));
                long[] fields =
                [
                    stamp.FrameCount, stamp.TimeStampCount, stamp.Year, stamp.DayOfYear, stamp.Hour, stamp.Minute, stamp.Second, stamp.Nanosecond,
                    stamp.Satellites, stamp.Synced,
                ];
                Assert.Equal(block.GetProperty("decoded").EnumerateArray().Select(field => field.GetInt64()), fields);
            }
        }
    }

    [GoldenFact]
    public void HiPERCAM_setups_agree_with_the_reference()
    {
        foreach (var run in Golden.Values("hipercam.json").EnumerateObject().Where(run => run.Name.StartsWith("hc_", StringComparison.Ordinal)))
        {
            using var file = HipercamRunFile.Open(Golden.Data(run.Name));
            int Number(string name) => run.Value.GetProperty(name).GetInt32();
            Assert.Equal(
                (Number("ntbytes"), Number("framesize"), Number("header_bytes"), run.Value.GetProperty("mode").GetString()),
                (file.Run.TimingBytes, file.Run.FrameBytes, file.HeaderBytes, file.Run.Mode));
            // The reference has mark-up in one of them.
            Assert.Equal(Texts(run.Value.GetProperty("wforms")).Select(text => text.StartsWith("Full", StringComparison.Ordinal) ? "full frame" : text), file.Run.WindowForms);
            var times = run.Value.GetProperty("tinfo");
            Assert.Equal(times.GetProperty("tdead").GetDouble(), file.Run.Cycle.DeadTime, 1e-9);
            for (var ccd = 0; ccd < 5; ccd++)
            {
                // What a frame in the middle of the run would have.
                var cycle = times.GetProperty("ncycs")[ccd].GetInt32();
                var (offset, exposure) = file.Run.Cycle.At(cycle - 1, 2 * cycle);
                Assert.Equal(times.GetProperty("toffs")[ccd].GetDouble(), offset, 1e-9);
                Assert.Equal(times.GetProperty("texps")[ccd].GetDouble(), exposure, 1e-9);
            }
        }
    }

    [GoldenFact]
    public void ULTRACAM_setups_agree_with_the_reference()
    {
        foreach (var run in Golden.Values("ultracam.json").EnumerateObject().Where(run => run.Name.StartsWith('u')))
        {
            using var file = UltracamRunFile.Open(Golden.Data(run.Name));
            int Number(string name) => run.Value.GetProperty(name).GetInt32();
            Assert.Equal(
                (Number("ntbytes"), Number("framesize"), Number("ntotal"), run.Value.GetProperty("mode").GetString()),
                (file.Run.TimingBytes, file.Run.FrameBytes, file.CountFrames(), file.Run.ModeName));
            Assert.Equal(Texts(run.Value.GetProperty("wforms")), file.Run.WindowForms);
        }
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);

    private static async Task Compare(string source, string run, JsonElement golden, double tolerance)
    {
        await using var frames = await DataSource.OpenAsync(source, Golden.Data(run));
        var expected = golden.GetProperty("frames").EnumerateArray().ToList();
        var count = 0;
        await foreach (var frame in frames.ReadAllAsync())
        {
            using (frame)
            {
                Assert.True(count < expected.Count, $"{run} has more than {expected.Count} frames");
                Compare(expected[count++], frame, tolerance);
            }
        }

        Assert.Equal(expected.Count, count);
    }

    private static void Compare(JsonElement golden, Mccd frame, double tolerance)
    {
        var head = golden.GetProperty("head");
        Assert.Equal(head.GetProperty("NFRAME").GetInt32(), frame.Number);
        CompareTime(head, frame.Time!.Value, tolerance);
        var ccds = golden.GetProperty("ccds").EnumerateObject().ToList();
        Assert.Equal(ccds.Select(ccd => ccd.Name), frame.Ccds.Select(ccd => ccd.Label));
        foreach (var ccd in ccds)
        {
            var ours = frame[ccd.Name];
            Assert.Equal(ccd.Value.GetProperty("is_data").GetBoolean(), ours.IsData);
            CompareTime(ccd.Value.GetProperty("head"), ours.Time!.Value, tolerance);
            CompareCards(ccd.Value.GetProperty("head"), ours.Header);
            var windows = ccd.Value.GetProperty("windows").EnumerateObject().ToList();
            Assert.Equal(windows.Select(window => window.Name), ours.Windows.Select(window => window.Label));
            foreach (var window in windows)
                CompareWindow(window.Value, ours[window.Name]);
        }

        CompareCards(head, frame.Header);
    }

    private static void CompareTime(JsonElement head, FrameTime time, double tolerance)
    {
        Assert.Equal(head.GetProperty("GOODTIME").GetBoolean(), time.IsGood);
        Assert.Equal(head.GetProperty("EXPTIME").GetDouble(), time.ExposureTime, 1e-6);
        Assert.InRange(time.MjdFraction, 0, 1);
        if (head.TryGetProperty("MJDINT", out var day))
        {
            var seconds = ((day.GetInt32() - time.Time.MjdDay) + (head.GetProperty("MJDFRAC").GetDouble() - time.MjdFraction)) * UtcInstant.SecondsPerDay;
            Assert.InRange(seconds, -tolerance, tolerance);
        }
        else
        {
            Assert.Equal(head.GetProperty("MJDUTC").GetDouble(), time.Mjd, 2e-11);
        }
    }

    // Every card the reference gives that is not a time, which CompareTime looks at, or the words for why a time is bad.
    private static void CompareCards(JsonElement head, FitsHeader header)
    {
        foreach (var card in head.EnumerateObject())
        {
            if (card.Name is "MJDINT" or "MJDFRAC" or "MJDUTC" or "TIMSTAMP" or "EXPTIME" or "EXPDELAY" or "MJDOKWHY")
                continue;
            var value = header[card.Name]?.Value;
            Assert.True(value is not null, $"the card {card.Name} is missing");
            var ours = value switch
            {
                bool flag => flag ? "True" : "False",
                IFormattable number => number.ToString("R", null),
                _ => $"{value}",
            };
            Assert.Equal(card.Value.ValueKind == JsonValueKind.Number ? card.Value.GetDouble().ToString("R") : card.Value.ToString(), ours);
        }
    }

    private static void CompareWindow(JsonElement golden, Window window)
    {
        var summary = window.Summarise();
        Assert.Equal(golden.GetProperty("crc32_f32le").GetUInt32(), summary.Crc32);
        Assert.Equal(golden.GetProperty("sum").GetDouble(), summary.Sum);
        if (!golden.TryGetProperty("llx", out var llx))
            return;
        var geometry = window.Geometry;
        Assert.Equal(
            (llx.GetInt32(), golden.GetProperty("lly").GetInt32(), golden.GetProperty("nx").GetInt32(), golden.GetProperty("ny").GetInt32()),
            (geometry.Llx, geometry.Lly, geometry.Nx, geometry.Ny));
        Assert.Equal((golden.GetProperty("xbin").GetInt32(), golden.GetProperty("ybin").GetInt32()), (geometry.XBin, geometry.YBin));
        Assert.Equal(golden.GetProperty("outamp").GetString(), geometry.OutAmp);
    }
}
