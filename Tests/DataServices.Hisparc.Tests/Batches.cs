using System.Globalization;
using System.IO.Compression;
using System.Text;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Tests;

/// <summary>Uploads made up for tests.</summary>
internal static class Batches
{
    public static Dictionary<string, object?> Event(string type, DateTime time, long nanoseconds, params (string Code, object? Value)[] items) => new()
    {
        ["header"] = new Dictionary<string, object?> { ["eventtype_uploadcode"] = type, ["datetime"] = new PickleDateTime(time), ["nanoseconds"] = nanoseconds },
        ["datalist"] = items.Select(item => (object?)new Dictionary<string, object?> { ["data_uploadcode"] = item.Code, ["data"] = item.Value }).ToList(),
    };

    /// <summary>A coincidence of two detectors whose content follows from its number.</summary>
    public static Dictionary<string, object?> Coincidence(DateTime time, int number) => Event(
        "CIC", time, number, ("TRIGPATTERN", 10), ("RED", true), ("EVENTRATE", 0.5), ("BL1", 200), ("BL2", 201), ("PH1", number % 4000), ("IN1", number), ("NP1", 1),
        ("TR1", Trace(number)), ("TR2", Trace(number + 1)));

    public static string Trace(int number)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
            zlib.Write(Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 50).Select(i => (200 + number * 31 % 97 * i % 300).ToString(CultureInfo.InvariantCulture)))));
        return Convert.ToBase64String(packed.ToArray());
    }

    public static byte[] Pickle(params Dictionary<string, object?>[] events)
    {
        var writer = new PickleWriter();
        writer.Write(events.ToList<object?>());
        return writer.Finish();
    }

    public static FormUrlEncodedContent Form(byte[] pickle, string station = "501", string password = "pw", string? checksum = null) => new(
    [
        new("station_id", station), new("password", password), new("data", Encoding.Latin1.GetString(pickle)), new("checksum", checksum ?? Convert.ToHexStringLower(BatchIdentity.Of(pickle))),
    ]);
}
