using System.Runtime.InteropServices;
using System.Text;

namespace DataServices.Fits;

/// <summary>
/// The functions of cfitsio this layer uses, under their export names (the long names of the manual are C macros).
/// The <c>dk</c> calls take file names literally; <c>ffopen</c> and <c>ffinit</c> would interpret brackets, '!' and URLs.
/// </summary>
internal static partial class Cfitsio
{
    public const string Library = "libcfitsio.so.10";

    public const int ReadOnly = 0;
    public const int ImageHdu = 0;
    public const int RiceCompression = 11;
    public const int Gzip2Compression = 22;
    public const float NoQuantisation = 9999f;

    private const int StatusTextLength = 31;
    private const int MessageLength = 81;
    private static readonly Lock _errorStack = new();

    [LibraryImport(Library, EntryPoint = "ffdkopn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out FitsHandle file, string path, int mode, ref int status);

    [LibraryImport(Library, EntryPoint = "ffdkinit", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Create(out FitsHandle file, string path, ref int status);

    [LibraryImport(Library, EntryPoint = "ffomem", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int OpenMemory(
        out FitsHandle file, string name, int mode, void** buffer, nuint* size, nuint increment, nint reallocate, ref int status);

    [LibraryImport(Library, EntryPoint = "ffimem")]
    public static unsafe partial int CreateMemory(out FitsHandle file, void** buffer, nuint* size, nuint increment, nint reallocate, ref int status);

    [LibraryImport(Library, EntryPoint = "ffflus")]
    public static partial int Flush(FitsHandle file, ref int status);

    [LibraryImport(Library, EntryPoint = "ffghadll")]
    public static partial int HduAddresses(FitsHandle file, out long header, out long data, out long end, ref int status);

    [LibraryImport(Library, EntryPoint = "ffclos")]
    public static partial int Close(nint file, ref int status);

    [LibraryImport(Library, EntryPoint = "ffthdu")]
    public static partial int CountHdus(FitsHandle file, out int count, ref int status);

    [LibraryImport(Library, EntryPoint = "ffmahd")]
    public static partial int MoveToHdu(FitsHandle file, int number, out int type, ref int status);

    [LibraryImport(Library, EntryPoint = "fits_is_compressed_image")]
    public static partial int IsCompressedImage(FitsHandle file, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgiet")]
    public static partial int ImageType(FitsHandle file, out int type, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgidm")]
    public static partial int ImageAxisCount(FitsHandle file, out int count, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgiszll")]
    public static partial int ImageSize(FitsHandle file, int maxAxes, Span<long> axes, ref int status);

    [LibraryImport(Library, EntryPoint = "ffcrimll")]
    public static partial int CreateImage(FitsHandle file, int type, int axisCount, ReadOnlySpan<long> axes, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgpv")]
    public static unsafe partial int ReadPixels(
        FitsHandle file, int type, long first, long count, void* nullValue, void* pixels, out int anyNull, ref int status);

    [LibraryImport(Library, EntryPoint = "ffppr")]
    public static unsafe partial int WritePixels(FitsHandle file, int type, long first, long count, void* pixels, ref int status);

    [LibraryImport(Library, EntryPoint = "ffghsp")]
    public static partial int HeaderSpace(FitsHandle file, out int cards, out int free, ref int status);

    [LibraryImport(Library, EntryPoint = "ffhdef")]
    public static partial int ReserveHeader(FitsHandle file, int cards, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgrec")]
    public static partial int ReadCard(FitsHandle file, int number, Span<byte> card, ref int status);

    [LibraryImport(Library, EntryPoint = "ffprec", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int WriteCard(FitsHandle file, string card, ref int status);

    [LibraryImport(Library, EntryPoint = "ffdrec")]
    public static partial int DeleteCard(FitsHandle file, int number, ref int status);

    [LibraryImport(Library, EntryPoint = "ffcrtb", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateTable(
        FitsHandle file, int type, long rows, int columns, string[] names, string[] formats, nint units, string extensionName, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgcno", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ColumnNumber(FitsHandle file, int caseSensitive, string name, out int number, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgnrwll")]
    public static partial int RowCount(FitsHandle file, out long rows, ref int status);

    [LibraryImport(Library, EntryPoint = "ffpcld")]
    public static partial int WriteColumn(FitsHandle file, int column, long row, long element, long count, ReadOnlySpan<double> values, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgcvd")]
    public static partial int ReadColumn(
        FitsHandle file, int column, long row, long element, long count, double nullValue, Span<double> values, out int anyNull, ref int status);

    [LibraryImport(Library, EntryPoint = "fits_set_compression_type")]
    public static partial int SetCompression(FitsHandle file, int type, ref int status);

    [LibraryImport(Library, EntryPoint = "fits_set_quantize_level")]
    public static partial int SetQuantisation(FitsHandle file, float level, ref int status);

    [LibraryImport(Library, EntryPoint = "ffpcks")]
    public static partial int WriteChecksum(FitsHandle file, ref int status);

    [LibraryImport(Library, EntryPoint = "ffvcks")]
    public static partial int VerifyChecksum(FitsHandle file, out int data, out int hdu, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgerr")]
    private static partial void StatusText(int status, Span<byte> text);

    [LibraryImport(Library, EntryPoint = "ffgmsg")]
    private static partial int NextMessage(Span<byte> text);

    /// <summary>Says which package to install when the library is not there, before any call could fail with a loader's message.</summary>
    public static void Require(string library = Library)
    {
        if (!NativeLibrary.TryLoad(library, out _))
        {
            throw new FitsException(
                $"The FITS library {library} is not installed. On Debian and Ubuntu: apt install libcfitsio10 (version 4.x).");
        }
    }

    /// <summary>Turns a status other than 0 into an exception that names the file and what was being done.</summary>
    public static void Check(int status, string path, string action)
    {
        if (status != 0)
            throw Failure(status, path, action);
    }

    public static FitsException Failure(int status, string path, string action)
    {
        var message = new StringBuilder($"{path}: cannot {action}: ");
        Span<byte> buffer = stackalloc byte[StatusTextLength];
        StatusText(status, buffer);
        message.Append(Readable(buffer)).Append(" (cfitsio ").Append(status).Append(')');

        // The stack of messages belongs to the process, not to the file: what is on it may be another thread's, so it is only an addition.
        Span<byte> line = stackalloc byte[MessageLength];
        lock (_errorStack)
        {
            for (var i = 0; NextMessage(line) != 0; i++)
            {
                var text = Readable(line);
                if (i < 3 && text.Length > 0)
                    message.Append("; ").Append(text);
            }
        }

        return new FitsException(path, status, message.ToString());
    }

    // cfitsio quotes the file's own bytes, which may be anything.
    private static string Readable(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        var readable = new StringBuilder();
        foreach (var b in end < 0 ? text : text[..end])
            readable.Append(b is >= 0x20 and < 0x7f ? (char)b : '?');
        return readable.ToString().Trim();
    }
}
