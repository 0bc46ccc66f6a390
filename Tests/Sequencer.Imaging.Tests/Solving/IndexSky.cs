using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Alpaca.Astronomy;
using DataServices.Fits;

namespace Sequencer.Imaging.Tests.Solving;

/// <summary>
/// The stars of an installed astrometry.net index file (a kd-tree of quantised unit vectors in plain FITS tables), and whether
/// astrometry.net is there at all. Magnitudes are in the MAG_VT column.
/// </summary>
internal static class IndexSky
{
    public const string File = "/usr/share/astrometry/index-tycho2-10.littleendian.fits";

    public static bool IsInstalled => System.IO.File.Exists(File) && System.IO.File.Exists("/usr/bin/solve-field");

    public static List<ReferenceStar> Read()
    {
        var bytes = System.IO.File.ReadAllBytes(File);
        var tables = Tables(bytes);
        var range = MemoryMarshal.Cast<byte, double>(tables["kdtree_range_stars"].Data.Span);
        var words = MemoryMarshal.Cast<byte, uint>(tables["kdtree_data_stars"].Data.Span);
        var (magnitudes, stride, offset) = Column(tables, "MAG_VT");
        var stars = new List<ReferenceStar>(words.Length / 3);
        for (var i = 0; i < words.Length / 3; i++)
        {
            double x = range[0] + words[3 * i] / range[6], y = range[1] + words[3 * i + 1] / range[6], z = range[2] + words[3 * i + 2] / range[6];
            var magnitude = BinaryPrimitives.ReadSingleBigEndian(magnitudes.Span[(i * stride + offset)..]);
            stars.Add(new ReferenceStar(SkyPosition.FromVector(new UnitVector(x, y, z)), magnitude));
        }

        return stars;
    }

    private static (ReadOnlyMemory<byte> Data, int Stride, int Offset) Column(Dictionary<string, (FitsHeader Header, ReadOnlyMemory<byte> Data)> tables, string name)
    {
        foreach (var (header, data) in tables.Values)
        {
            var offset = 0;
            for (var i = 1; header.Text($"TTYPE{i}") is { } type; i++)
            {
                if (type == name)
                    return (data, (int)header.Integer("NAXIS1")!.Value, offset);
                offset += header.Text($"TFORM{i}")![^1] switch { 'E' or 'J' => 4, 'D' or 'K' => 8, 'I' => 2, _ => 1 };
            }
        }

        throw new InvalidDataException($"no column {name}");
    }

    private static Dictionary<string, (FitsHeader Header, ReadOnlyMemory<byte> Data)> Tables(byte[] bytes)
    {
        const int block = 2880;
        var tables = new Dictionary<string, (FitsHeader, ReadOnlyMemory<byte>)>();
        for (var at = 0; at < bytes.Length;)
        {
            var header = FitsHeader.Parse(bytes.AsSpan(at));
            var end = at;
            while (!bytes.AsSpan(end, 4).SequenceEqual("END "u8))
                end += 80;
            at = (end + block) / block * block;
            var size = header.Integer("NAXIS") == 0 ? 0 : header.Integer("NAXIS1")!.Value * (header.Integer("NAXIS2") ?? 1);
            if (header.Text("TTYPE1") is { } name)
                tables[name] = (header, bytes.AsMemory(at, (int)size));
            at += (int)((size + block - 1) / block * block);
        }

        return tables;
    }
}

/// <summary>A test that is skipped, with the reason shown, where astrometry.net or its index files are not installed.</summary>
internal sealed class AstrometryFactAttribute : FactAttribute
{
    public AstrometryFactAttribute()
    {
        if (!IndexSky.IsInstalled)
            Skip = "astrometry.net is not installed (apt install astrometry.net astrometry-data-tycho2-10-19)";
    }
}
