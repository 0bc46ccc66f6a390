using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataServices.Fits;

namespace DataServices.Aartfaac;

/// <summary>
/// One image of one subband as it came from the stream. The pixels lie where the socket put them, in pooled memory, until the window is
/// disposed of; they are never copied or widened.
/// </summary>
public sealed class AartfaacWindow : IDisposable
{
    private const int Tile = 32;
    private readonly int _pixelBytes;
    private byte[]? _buffer;

    internal AartfaacWindow(FitsHeader header, DateTimeOffset stamp, int width, int height, byte[] buffer, int pixelBytes, PixelOrder order)
    {
        Header = header;
        Stamp = stamp;
        Width = width;
        Height = height;
        Order = order;
        _buffer = buffer;
        _pixelBytes = pixelBytes;
    }

    /// <summary>The FITS header as sent.</summary>
    public FitsHeader Header { get; }

    /// <summary>DATE-OBS in UTC.</summary>
    public DateTimeOffset Stamp { get; }

    /// <summary>NAXIS1.</summary>
    public int Width { get; }

    /// <summary>NAXIS2.</summary>
    public int Height { get; }

    /// <summary>How <see cref="Pixels"/> are ordered.</summary>
    public PixelOrder Order { get; }

    /// <summary>RESTFREQ as sent (the emulator sends text), or null.</summary>
    public string? RestFrequency => Header["RESTFREQ"]?.Value switch
    {
        string text => text,
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Bytes of pixels.</summary>
    public int PixelBytes => _pixelBytes;

    /// <summary>The pixels in the order they were sent.</summary>
    /// <exception cref="ObjectDisposedException">The window was disposed of.</exception>
    public ReadOnlySpan<float> Pixels => MemoryMarshal.Cast<byte, float>(RawBytes);

    /// <summary>The pixels as bytes, as sent.</summary>
    public ReadOnlySpan<byte> RawBytes => (_buffer ?? throw new ObjectDisposedException(nameof(AartfaacWindow))).AsSpan(0, _pixelBytes);

    /// <summary>One pixel.</summary>
    /// <param name="x">Column, 0 to NAXIS1 - 1.</param>
    /// <param name="y">Row, 0 to NAXIS2 - 1.</param>
    public float At(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return Pixels[Order == PixelOrder.RowMajor ? y * Width + x : x * Height + y];
    }

    /// <summary>The pixels row by row, for a FITS file or a picture; a copy.</summary>
    public float[] ToRows()
    {
        var rows = new float[Width * Height];
        CopyRows(rows);
        return rows;
    }

    /// <summary>Copies the pixels row by row.</summary>
    /// <param name="rows">At least NAXIS1 * NAXIS2 long.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRows(Span<float> rows)
    {
        var pixels = Pixels;
        if (Order == PixelOrder.RowMajor)
        {
            pixels.CopyTo(rows);
            return;
        }

        // In squares that fit into the cache: one side is read along, the other written along.
        for (var x0 = 0; x0 < Width; x0 += Tile)
        {
            for (var y0 = 0; y0 < Height; y0 += Tile)
            {
                int xEnd = Math.Min(x0 + Tile, Width), yEnd = Math.Min(y0 + Tile, Height);
                for (var y = y0; y < yEnd; y++)
                {
                    for (var x = x0; x < xEnd; x++)
                        rows[y * Width + x] = pixels[x * Height + y];
                }
            }
        }
    }

    /// <summary>CRC-32 of the pixels as sent.</summary>
    public uint Crc32() => DataServices.Fits.Crc32.Append(0, RawBytes);

    /// <summary>Sum of all pixels.</summary>
    public double Sum()
    {
        double sum = 0;
        foreach (var pixel in Pixels)
            sum += pixel;
        return sum;
    }

    /// <summary>Gives the memory back; the pixels must not be used afterwards.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
