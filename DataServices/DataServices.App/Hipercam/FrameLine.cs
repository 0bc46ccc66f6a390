using System.Text.Json.Serialization;
using DataServices.Fits;
using DataServices.Hipercam;

namespace DataServices.App.Hipercam;

/// <summary>One frame as the JSON of <c>frames --json</c>; scripts depend on every name.</summary>
internal sealed record FrameLine(
    int Frame, string? Time, int? MjdInt, double? MjdFrac, bool? GoodTime, double? Exptime, int Dropped, IReadOnlyList<CcdLine> Ccds)
{
    public static FrameLine Of(Mccd frame, IReadOnlyList<Ccd> ccds)
    {
        var time = TimeLine.Of(frame.Time, frame.Number == 0 && ccds.Count == 0 ? null : frame.Header);
        return new FrameLine(frame.Number, time.Time, time.MjdInt, time.MjdFrac, time.GoodTime, time.Exptime, frame.Dropped, [.. ccds.Select(CcdLine.Of)]);
    }
}

/// <summary>One chip of a <see cref="FrameLine"/>.</summary>
internal sealed record CcdLine(
    string Label, bool IsData, string? Time, int? MjdInt, double? MjdFrac, double? Exptime, bool? GoodTime, IReadOnlyList<WindowLine> Windows)
{
    public static CcdLine Of(Ccd ccd)
    {
        var time = TimeLine.Of(ccd.Time, ccd.Time is null ? ccd.Header : null);
        return new CcdLine(ccd.Label, ccd.IsData, time.Time, time.MjdInt, time.MjdFrac, time.Exptime, time.GoodTime, [.. ccd.Windows.Select(WindowLine.Of)]);
    }
}

/// <summary>One window of a <see cref="CcdLine"/>.</summary>
internal sealed record WindowLine(string Label, int Llx, int Lly, int Nx, int Ny, int Xbin, int Ybin, double? Sum, double? Min, double? Max, string Crc32)
{
    public static WindowLine Of(Window window)
    {
        var (geometry, summary) = (window.Geometry, window.Summarise());
        return new WindowLine(
            geometry.Label, geometry.Llx, geometry.Lly, geometry.Nx, geometry.Ny, geometry.XBin, geometry.YBin, Finite(summary.Sum), Finite(summary.Min), Finite(summary.Max),
            $"{summary.Crc32:x8}");
    }

    // JSON has no word for what is not a number.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>Times of a frame or chip: of a raw run as measured, of a .hcm file as its cards say, null where they say nothing.</summary>
internal readonly record struct TimeLine(string? Time, int? MjdInt, double? MjdFrac, bool? GoodTime, double? Exptime)
{
    public static TimeLine Of(FrameTime? time, FitsHeader? cards)
    {
        if (time is { } known)
            return new(known.Time.ToString(), known.Time.MjdDay, known.MjdFraction, known.IsGood, known.ExposureTime);
        if (cards is null)
            return default;
        var mjd = cards.Number("MJDUTC");
        var day = (int?)cards.Integer("MJDINT") ?? (mjd is { } whole ? (int)Math.Floor(whole) : null);
        var fraction = cards.Number("MJDFRAC") ?? (mjd is { } part ? part - Math.Floor(part) : null);
        var text = cards.Text("TIMSTAMP")
            ?? (day is { } d && fraction is { } f ? UtcInstant.FromNanoseconds(d, (long)Math.Round(f * UtcInstant.NanosecondsPerDay)).ToString() : null);
        return new(text, day, fraction, cards.Flag("GOODTIME"), cards.Number("EXPTIME"));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FrameLine))]
[JsonSerializable(typeof(CcdSizeLine))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class FrameJson : JsonSerializerContext;
