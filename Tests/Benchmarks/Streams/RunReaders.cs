using DataServices.Hipercam;
using Emulators.HipercamServer;

namespace Benchmarks.Streams;

/// <summary>Local runs, read frame after frame from files the system keeps in memory.</summary>
internal static class RunReaders
{
    public static IEnumerable<Measurement> All(string folder, OriginalReaders? originals, TimeSpan length)
    {
        yield return Hipercam((folder, originals), "HiPERCAM full frame 1x1, NSAMP 4", new HipercamRunWriter("FullFrame-NoClear", (1024, 512)), 4, length, 426, isWide: false);
        yield return Hipercam((folder, originals), "HiPERCAM full frame 1x1, NSAMP 4, as floats", new HipercamRunWriter("FullFrame-NoClear", (1024, 512)), 4, length, 426, isWide: true);
        yield return Hipercam(
            (folder, originals), "HiPERCAM full frame 1x1, NSAMP 1", new HipercamRunWriter("FullFrame-NoClear", (1024, 512)) { IsGrouped = true }.Set("NSAMP", "1"), 4, length, 246, isWide: false);
        yield return Hipercam((folder, originals), "HiPERCAM one window pair 120x60, 2x2 binned", Windowed(1), 200, length, 0, isWide: false);
        yield return Hipercam((folder, originals), "HiPERCAM two window pairs 120x60, 2x2 binned", Windowed(2), 200, length, 202, isWide: false);
        yield return Ultracam((folder, originals), "ULTRACAM full frame 1x1", new UltracamRunWriter("ap9_fullframe_mindead", 6 * 512 * 1024), 10, length, 886);
        for (var pairs = 1; pairs <= 3; pairs++)
            yield return Ultracam((folder, originals), $"ULTRACAM {pairs} window pair(s) 100x100", Pairs(pairs), 200, length, 0);
    }

    private static HipercamRunWriter Windowed(int sets)
    {
        var writer = new HipercamRunWriter(sets == 1 ? "OneWindow-NoClear" : "TwoWindow-NoClear", [.. Enumerable.Repeat((60, 30), sets)]).Set("BINX1", "2").Set("BINY1", "2");
        for (var set = 1; set <= sets; set++)
        {
            writer.Set($"WIN{set} NX", "120").Set($"WIN{set} NY", "60").Set($"WIN{set} YS", "40");
            foreach (var quadrant in "EFGH")
                writer.Set($"WIN{set} XS{quadrant}", "100");
        }

        return writer;
    }

    private static UltracamRunWriter Pairs(int pairs)
    {
        var writer = new UltracamRunWriter(((string[])["ap5_window1pair", "ap6_window2pair", "ap7_window3pair"])[pairs - 1], pairs * 6 * 100 * 100);
        for (var pair = 1; pair <= pairs; pair++)
        {
            writer.Set($"X{pair}L_START", "101").Set($"X{pair}R_START", "601").Set($"Y{pair}_START", $"{200 * pair}").Set($"X{pair}_SIZE", "100").Set($"Y{pair}_SIZE", "100");
        }

        return writer;
    }

    private static Measurement Hipercam((string Folder, OriginalReaders? Originals) place, string name, HipercamRunWriter writer, int frames, TimeSpan length, double reference, bool isWide)
    {
        var path = Path.Combine(place.Folder, "run0001.fits");
        writer.Write(path, [.. Enumerable.Range(1, frames)]);
        using var file = HipercamRunFile.Open(path);
        var line = new float[2048];
        var next = 0;
        var measured = Measurement.Of(name, writer.FrameBytes, length, reference, () =>
        {
            using var frame = file.ReadFrame(next + 1);
            next = (next + 1) % frames;
            if (!isWide)
                return;
            foreach (var window in frame.Ccds.SelectMany(ccd => ccd.Windows))
            {
                for (var y = 0; y < window.Ny; y++)
                    window.CopyRow(y, line);
            }
        });
        if (place.Originals is { } originals)
            measured = measured with { OriginalRate = originals.Runs("hl", path, writer.FrameBytes, length) };
        File.Delete(path);
        return measured;
    }

    private static Measurement Ultracam((string Folder, OriginalReaders? Originals) place, string name, UltracamRunWriter writer, int frames, TimeSpan length, double reference)
    {
        var stem = Path.Combine(place.Folder, "run001");
        writer.Write(stem, frames);
        using var file = UltracamRunFile.Open(stem);
        var next = 0;
        var measured = Measurement.Of(name, writer.FrameBytes, length, reference, () =>
        {
            using var frame = file.ReadFrame(next + 1);
            next = (next + 1) % frames;
        });
        if (place.Originals is { } originals)
            measured = measured with { OriginalRate = originals.Runs("ul", stem, writer.FrameBytes, length) };
        File.Delete(stem + ".dat");
        return measured;
    }
}
