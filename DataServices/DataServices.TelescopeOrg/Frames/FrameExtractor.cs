using System.IO.Compression;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>Makes ordinary FITS frames, one per filter, of a job's cube or zip, for whatever reads FITS.</summary>
public static class FrameExtractor
{
    private static readonly string[] _extensions = [".fits", ".fit", ".fts"];

    // Of a cube's world coordinates those of its third axis mean nothing in a plane.
    private static readonly string[] _thirdAxis = ["CTYPE3", "CRVAL3", "CRPIX3", "CDELT3", "CUNIT3", "CD3_3", "CD1_3", "CD2_3", "CD3_1", "CD3_2", "PC3_3", "WCSAXES"];

    /// <summary>Writes <c>NAME-FILTER.fits</c> for every filter; frames of that name are replaced. Blocks while it reads and writes.</summary>
    /// <param name="path">The cube or zip.</param>
    /// <param name="directory">Where to; made when it is missing.</param>
    /// <param name="name">Beginning of the names, for example the job id.</param>
    /// <exception cref="DownloadException">A member of the archive is not a whole FITS file.</exception>
    /// <exception cref="FitsException">The file is not a FITS image.</exception>
    public static IReadOnlyList<FrameFile> Extract(string path, string directory, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        directory = Directory.CreateDirectory(directory).FullName;
        return Path.GetExtension(path) == ".zip" ? FromZip(path, directory, name) : FromCube(path, directory, name);
    }

    private static List<FrameFile> FromZip(string path, string directory, string name)
    {
        var frames = new List<FrameFile>();
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries.Where(entry => _extensions.Contains(Path.GetExtension(entry.Name).ToLowerInvariant())))
        {
            // The members' own names stay inside the archive: they may point anywhere.
            var member = Path.Combine(directory, $".{Guid.NewGuid():N}.tmp");
            try
            {
                entry.ExtractToFile(member);
                if (FileCheck.Fault(member, FileKind.Cube) is { } fault)
                    throw new DownloadException($"{path}: the member {entry.FullName} is not a whole FITS file: {fault}.");
                var stem = Path.GetFileNameWithoutExtension(entry.Name);
                frames.AddRange(FromCube(member, directory, name, stem[(stem.LastIndexOfAny(['-', '_', '.']) + 1)..]));
            }
            finally
            {
                File.Delete(member);
            }
        }

        return frames.Count > 0 ? frames : throw new DownloadException($"{path}: the archive holds no FITS file.");
    }

    private static List<FrameFile> FromCube(string path, string directory, string name, string? fallback = null)
    {
        using var file = FitsFile.Open(path);
        var image = file.FirstImage();
        if (image.Shape.Count > 3)
            throw new FitsException(path, 0, $"{path}: has {image.Shape.Count} axes; a frame has two, a cube three.");
        var header = Valid(file.ReadHeader(image.Index));
        var planes = image.Shape.Count == 3 ? (int)image.Shape[2] : 1;
        var filters = Filters(header.Text("FILTER") ?? fallback ?? "", planes);
        return [.. Enumerable.Range(0, planes).Select(plane => Write(file, image, plane, header, Path.Combine(directory, $"{name}-{Safe(filters[plane])}.fits"), filters[plane]))];
    }

    private static FrameFile Write(FitsFile file, FitsHdu image, int plane, FitsHeader header, string path, string filter)
    {
        var own = new FitsHeader(header);
        if (image.Shape.Count == 3)
        {
            foreach (var keyword in _thirdAxis)
                own.Remove(keyword);
        }

        own.Set("FILTER", filter, "filter of this frame");
        switch (image.PixelType)
        {
            case FitsPixelType.UInt8: Copy<byte>(); break;
            case FitsPixelType.Int16: Copy<short>(); break;
            case FitsPixelType.UInt16: Copy<ushort>(); break;
            case FitsPixelType.Int32: Copy<int>(); break;
            case FitsPixelType.UInt32: Copy<uint>(); break;
            case FitsPixelType.Float64: Copy<double>(); break;
            default: Copy<float>(); break;
        }

        return new FrameFile(path, filter, image.Width, image.Height);

        void Copy<T>()
            where T : unmanaged
        {
            var pixels = new T[image.Width * image.Height];
            file.ReadPixels(image.Index, pixels.AsSpan(), (long)plane * pixels.Length);
            FitsWriter.WriteImage<T>(path, pixels, image.Width, image.Height, own, overwrite: true);
        }
    }

    // A cube of BVR has its layers in that order, one of Colour those of PIRATE's three filters.
    private static string[] Filters(string filter, int planes)
    {
        if (planes == 1 && filter.Length > 0)
            return [filter];
        if (planes == 3 && filter.Equals("Colour", StringComparison.OrdinalIgnoreCase))
            return ["Blue", "Green", "Red"];
        return filter.Length == planes
            ? [.. filter.Select(letter => letter.ToString())]
            : [.. Enumerable.Range(1, planes).Select(plane => filter.Length > 0 ? $"{filter}{plane}" : $"{plane}")];
    }

    private static string Safe(string filter) => string.Concat(filter.Select(c => char.IsAsciiLetterOrDigit(c) || c is '+' ? c : '_'));

    // Cards that break the FITS standard can be read, but not written.
    private static FitsHeader Valid(FitsHeader header)
    {
        var valid = new FitsHeader();
        var dropped = 0;
        foreach (var card in header)
        {
            try
            {
                valid.Add(card);
            }
            catch (ArgumentException)
            {
                dropped++;
            }
        }

        return dropped == 0 ? valid : valid.AddHistory($"{dropped} cards that break the FITS standard were left out.");
    }
}
