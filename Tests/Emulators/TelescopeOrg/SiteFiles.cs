using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Emulators.TelescopeOrg;

/// <summary>The files of the fake image engine: 72 x 60 pixels of 16 bits, the same for the same job every time. A cube of three filters has 28 800 bytes.</summary>
internal static class SiteFiles
{
    private const int Width = 72, Height = 60, Block = 2880;

    /// <summary>One FITS file, the filters along its third axis.</summary>
    public static byte[] Cube(SiteRequest job) => Fits(job, Layers(job.Filter), 0);

    /// <summary>A zip archive of one FITS file per filter.</summary>
    public static byte[] Zip(SiteRequest job)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (index, layer) in Layers(job.Filter).Index())
            {
                var entry = archive.CreateEntry($"{job.Jid}-{layer}.fits");
                entry.LastWriteTime = job.Completed!.Value;
                using var stream = entry.Open();
                stream.Write(Fits(job, [layer], index));
            }
        }

        return bytes.ToArray();
    }

    private static string[] Layers(string filter) => filter switch
    {
        "BVR" => ["B", "V", "R"],
        "Colour" => ["Blue", "Green", "Red"],
        _ => [filter],
    };

    private static byte[] Fits(SiteRequest job, string[] layers, int first)
    {
        var position = job.ObjectId.Split(' ');
        var cards = new List<string> { Card("SIMPLE", "T"), Card("BITPIX", "16"), Card("NAXIS", layers.Length > 1 ? "3" : "2"), Card("NAXIS1", $"{Width}"), Card("NAXIS2", $"{Height}") };
        if (layers.Length > 1)
            cards.Add(Card("NAXIS3", layers.Length.ToString(CultureInfo.InvariantCulture)));
        cards.AddRange([
            Card("BZERO", "32768"), Card("BSCALE", "1"), Text("TELESCOP", $"BRT {SiteData.TelescopeName(job.Telescope)} Telescope"), Text("OBJECT", job.Name),
            Text("OBJCTRA", position[0].Replace(':', ' ')), Text("OBJCTDEC", position[^1].Replace(':', ' ')), Card("EQUINOX", "2000.0"),
            Text("FILTER", layers.Length > 1 ? job.Filter : layers[0]), Card("EXPTIME", (job.ExposureMilliseconds / 1000.0).ToString("0.0##", CultureInfo.InvariantCulture)),
            Text("DATE-OBS", (job.Completed!.Value - TimeSpan.FromMinutes(5)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)), "END",
        ]);
        using var file = new MemoryStream();
        file.Write(Padded(Encoding.ASCII.GetBytes(string.Concat(cards.Select(card => card.PadRight(80)))), (byte)' '));
        var pixels = new List<byte>();
        for (var layer = 0; layer < layers.Length; layer++)
            pixels.AddRange(Plane(job.Jid!.Value, first + layer));
        file.Write(Padded([.. pixels], 0));
        return file.ToArray();
    }

    // A sky of 1000 (plus 100 per layer) with noise, and twenty stars at places that depend on the job.
    private static IEnumerable<byte> Plane(int job, int layer)
    {
        var state = (uint)(job * 2654435761u) | 1;
        uint Next()
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return state;
        }

        var stars = Enumerable.Range(0, 20).Select(_ => (X: Next() % Width, Y: Next() % Height, Peak: 500 + Next() % 20_000)).ToList();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var value = 1000 + 100.0 * layer + Next() % 20;
                foreach (var star in stars)
                    value += star.Peak * Math.Exp(-((x - (double)star.X) * (x - (double)star.X) + (y - (double)star.Y) * (y - (double)star.Y)) / 4.5);
                // FITS stores unsigned 16-bit numbers as signed ones less 32768, the high byte first.
                var stored = (short)(Math.Min(65535, value) - 32768);
                yield return (byte)(stored >> 8);
                yield return (byte)stored;
            }
        }
    }

    private static byte[] Padded(byte[] bytes, byte fill)
    {
        var padded = new byte[(bytes.Length + Block - 1) / Block * Block];
        bytes.CopyTo(padded, 0);
        padded.AsSpan(bytes.Length).Fill(fill);
        return padded;
    }

    private static string Card(string keyword, string value) => $"{keyword,-8}= {value,20}";

    private static string Text(string keyword, string value) => $"{keyword,-8}= '{value,-8}'";
}
