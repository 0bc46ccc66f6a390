using System.Text;

namespace DataServices.Fits;

/// <summary>
/// An open FITS file. HDUs count from 0 (the primary). One thread at a time; different files are independent.
/// All calls block: run them through the clock's <c>ComputeAsync</c>.
/// </summary>
public sealed partial class FitsFile : IDisposable
{
    private readonly FitsHandle _handle;
    private readonly bool _writable;
    private readonly FitsMemory? _memory;

    private FitsFile(FitsHandle handle, string path, bool writable, FitsMemory? memory = null)
    {
        _memory = memory;
        _handle = handle;
        Path = path;
        _writable = writable;
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>Number of HDUs.</summary>
    public int HduCount
    {
        get
        {
            var status = 0;
            _ = Cfitsio.CountHdus(_handle, out var count, ref status);
            Cfitsio.Check(status, Path, "count its HDUs");
            return count;
        }
    }

    /// <summary>Opens a file for reading. The name is taken literally (no cfitsio extended syntax).</summary>
    /// <exception cref="FitsException">Missing, not FITS, damaged, or cfitsio is not installed.</exception>
    public static FitsFile Open(string path)
    {
        Cfitsio.Require();
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path))
            throw new FitsException(path, 104, $"{path}: there is no such file.");
        var status = 0;
        _ = Cfitsio.Open(out var handle, path, Cfitsio.ReadOnly, ref status);
        if (status != 0)
        {
            handle.SetHandleAsInvalid();
            throw Cfitsio.Failure(status, path, "open it as FITS");
        }

        return new FitsFile(handle, path, writable: false);
    }

    /// <summary>
    /// Creates a file, which must not exist. It stays where it is when writing fails: for files others look at use <see cref="FitsWriter"/>.
    /// </summary>
    public static FitsFile Create(string path)
    {
        Cfitsio.Require();
        path = System.IO.Path.GetFullPath(path);
        if (File.Exists(path))
            throw new FitsException(path, 105, $"{path}: exists already and is not overwritten.");
        var status = 0;
        _ = Cfitsio.Create(out var handle, path, ref status);
        if (status != 0)
        {
            handle.SetHandleAsInvalid();
            throw Cfitsio.Failure(status, path, "create it");
        }

        return new FitsFile(handle, path, writable: true);
    }

    /// <summary>What an HDU holds.</summary>
    public FitsHdu Hdu(int index)
    {
        var type = MoveTo(index);
        var status = 0;
        var compressed = Cfitsio.IsCompressedImage(_handle, ref status) != 0;
        if (type != Cfitsio.ImageHdu && !compressed)
            return new FitsHdu(index, IsImage: false, IsCompressed: false, default, []);

        _ = Cfitsio.ImageType(_handle, out var pixels, ref status);
        _ = Cfitsio.ImageAxisCount(_handle, out var count, ref status);
        Cfitsio.Check(status, Path, $"read the layout of HDU {index}");
        var axes = new long[count];
        _ = Cfitsio.ImageSize(_handle, count, axes, ref status);
        Cfitsio.Check(status, Path, $"read the size of HDU {index}");
        return new FitsHdu(index, IsImage: true, compressed, (FitsPixelType)pixels, axes);
    }

    /// <summary>The first HDU with pixels: the primary of a plain file, the first extension of a compressed one.</summary>
    /// <exception cref="FitsException">The file holds no image.</exception>
    public FitsHdu FirstImage()
    {
        for (var i = 0; i < HduCount; i++)
        {
            var hdu = Hdu(i);
            if (hdu.IsImage && hdu.PixelCount > 0)
                return hdu;
        }

        throw new FitsException(Path, 0, $"{Path}: holds no image.");
    }

    /// <summary>The cards of an HDU, without those that describe only the layout of the file (NAXIS, BZERO, compression, check sums): see <see cref="Hdu"/>.</summary>
    public FitsHeader ReadHeader(int hdu = 0)
    {
        MoveTo(hdu);
        var status = 0;
        _ = Cfitsio.HeaderSpace(_handle, out var count, out _, ref status);
        Cfitsio.Check(status, Path, $"read the header of HDU {hdu}");

        var records = new List<string>(count);
        Span<byte> card = stackalloc byte[FitsCardText.RecordLength + 1];
        for (var i = 1; i <= count; i++)
        {
            _ = Cfitsio.ReadCard(_handle, i, card, ref status);
            Cfitsio.Check(status, Path, $"read header record {i} of HDU {hdu}");
            var end = card.IndexOf((byte)0);
            records.Add(Encoding.Latin1.GetString(end < 0 ? card : card[..end]));
        }

        var header = FitsHeader.FromRecords(records);
        return FitsHeader.FromCards(header.Where(found => !FitsStructure.IsStructural(found)));
    }

    /// <summary>Whether DATASUM and CHECKSUM of an HDU are right; null when it has none.</summary>
    public bool? VerifyChecksum(int hdu)
    {
        MoveTo(hdu);
        var status = 0;
        _ = Cfitsio.VerifyChecksum(_handle, out var data, out var whole, ref status);
        Cfitsio.Check(status, Path, $"verify the check sums of HDU {hdu}");
        return data == 0 && whole == 0 ? null : data >= 0 && whole >= 0;
    }

    /// <summary>Closes the file; when it was written, fails if its last bytes did not reach the file system.</summary>
    public void Close() => Cfitsio.Check(_handle.CloseWithStatus(), Path, _writable ? "finish writing it" : "close it");

    /// <summary>Closes the file without an error: after a successful write call <see cref="Close"/> first.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        _memory?.Dispose();
    }

    private int MoveTo(int index)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var status = 0;
        _ = Cfitsio.MoveToHdu(_handle, index + 1, out var type, ref status);
        Cfitsio.Check(status, Path, $"go to HDU {index}");
        return type;
    }
}
