using System.Globalization;
using System.IO.Compression;
using System.Text;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Emulation;

/// <summary>A station with four detectors that makes up coincidences and uploads them as the station software does.</summary>
/// <param name="number">Its number, which also seeds what it sees.</param>
/// <param name="password">Its password.</param>
/// <param name="samples">Samples of each of the four traces.</param>
public sealed class EmulatedStation(int number, string password, int samples)
{
    private const int Detectors = 4;
    private const int DistinctTraces = 64;
    private readonly Random _random = new(number);
    private readonly string[] _traces = Traces(new Random(number), samples);
    private long _sent;

    public int Number => number;

    /// <summary>The pickle of the next events.</summary>
    /// <param name="first">Time of the first; each is a nanosecond number of its own within its second.</param>
    /// <param name="count">Events.</param>
    public byte[] NextBatch(DateTime first, int count)
    {
        var writer = new PickleWriter();
        writer.Write(Enumerable.Range(0, count).Select(i => (object?)NextEvent(first.AddSeconds(i))).ToList());
        return writer.Finish();
    }

    /// <summary>The form of an upload.</summary>
    public byte[] Form(ReadOnlySpan<byte> pickle)
    {
        var form = new StringBuilder(pickle.Length * 2);
        form.Append(CultureInfo.InvariantCulture, $"station_id={number}&password={Uri.EscapeDataString(password)}&checksum={Convert.ToHexStringLower(BatchIdentity.Of(pickle))}&data=");
        foreach (var value in pickle)
        {
            if (char.IsAsciiLetterOrDigit((char)value))
                form.Append((char)value);
            else if (value < 0x80)
                form.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            else
                form.Append(CultureInfo.InvariantCulture, $"%{0xC0 | value >> 6:X2}%{0x80 | value & 0x3F:X2}");
        }

        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private Dictionary<string, object?> NextEvent(DateTime time)
    {
        var items = new List<object?>
        {
            Item("TRIGPATTERN", 65535), Item("RED", false), Item("EVENTRATE", 0.7),
        };
        for (var i = 1; i <= Detectors; i++)
        {
            items.Add(Item($"BL{i}", 200));
            items.Add(Item($"STDDEV{i}", 500 + _random.Next(2000)));
            items.Add(Item($"NP{i}", 1));
            items.Add(Item($"PH{i}", _random.Next(4000)));
            items.Add(Item($"IN{i}", _random.Next(40000)));
            items.Add(Item($"TR{i}", _traces[_random.Next(DistinctTraces)]));
        }

        return new Dictionary<string, object?>
        {
            ["header"] = new Dictionary<string, object?>
            {
                ["eventtype_uploadcode"] = "CIC",
                ["datetime"] = new PickleDateTime(new DateTime(time.Ticks - time.Ticks % TimeSpan.TicksPerSecond)),
                ["nanoseconds"] = _sent++ % 1_000_000_000,
            },
            ["datalist"] = items,
        };
    }

    private static Dictionary<string, object?> Item(string code, object value) => new() { ["data_uploadcode"] = code, ["data"] = value };

    private static string[] Traces(Random random, int samples) =>
    [
        .. Enumerable.Range(0, DistinctTraces).Select(_ =>
        {
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            {
                var peak = random.Next(samples);
                var values = Enumerable.Range(0, samples).Select(i => 200 + random.Next(3) + (i >= peak ? (int)(800 * Math.Exp((peak - i) / 40.0)) : 0));
                zlib.Write(Encoding.ASCII.GetBytes(string.Join(',', values)));
            }

            return Convert.ToBase64String(packed.ToArray());
        }),
    ];
}
