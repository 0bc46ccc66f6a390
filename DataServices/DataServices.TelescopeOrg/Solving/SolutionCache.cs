using System.Buffers.Binary;
using System.Text;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>Plate solutions as text headers under <c>root/c0/c1/DATASUM.wcs</c>, the key being the sum over the image's data as 8 hex digits.</summary>
public sealed class SolutionCache(string directory)
{
    private const int Record = 80;

    /// <summary>DATASUM (FITS standard 4.0, section 4.4.2.7: 32-bit ones' complement sum) of a file's first image, as 8 lower-case hex digits.</summary>
    /// <exception cref="FitsException">The file is not a whole FITS file with an image.</exception>
    public static string KeyOf(string fitsPath)
    {
        using var file = new FileStream(fitsPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var (units, fault) = FitsStructure.Read(file);
        if (fault is not null)
            throw new FitsException(fitsPath, 0, $"{fitsPath}: is not a whole FITS file: {fault}.");
        var unit = units.FirstOrDefault(unit => unit.DataLength > 0) ?? throw new FitsException(fitsPath, 0, $"{fitsPath}: holds no image.");
        file.Position = unit.DataOffset;
        var buffer = new byte[2880];
        ulong sum = 0;
        for (long read = 0; read < unit.DataLength; read += buffer.Length)
        {
            file.ReadExactly(buffer);
            for (var i = 0; i < buffer.Length; i += 4)
                sum += BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(i));
            while (sum >> 32 != 0)
                sum = (sum & uint.MaxValue) + (sum >> 32);
        }

        return $"{sum:x8}";
    }

    /// <summary>Where the solution of a key is kept.</summary>
    public string PathOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Path.Combine(Path.GetFullPath(directory), key[..1], key[1..2], $"{key}.wcs");
    }

    /// <summary>The solution of a key, or null.</summary>
    public FitsHeader? Find(string key)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        // One card a line; without line ends it is the fixed records of a FITS header.
        var text = File.ReadAllText(path, Encoding.Latin1);
        var records = text.Contains('\n', StringComparison.Ordinal) ? string.Concat(text.Split('\n').Select(line => line.TrimEnd('\r').PadRight(Record))) : text;
        return FitsHeader.Parse(Encoding.Latin1.GetBytes(records));
    }

    /// <summary>Keeps a solution.</summary>
    public void Store(string key, FitsHeader solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, temporary => File.WriteAllText(temporary, string.Concat(solution.Records().Append("END").Select(record => record.TrimEnd() + "\n")), Encoding.Latin1), overwrite: true);
    }
}
