using System.Numerics;
using System.Runtime.InteropServices;
using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>
/// The pixels of one window, row 0 at the bottom. Those of a raw run are 16 bits wide and live in the frame's pooled memory until the
/// frame is disposed of; those of a .hcm file are floats. Nothing is widened unless asked for.
/// </summary>
public sealed class Window
{
    private readonly PixelBuffer? _buffer;
    private readonly int _offset;
    private readonly int _stride;
    private readonly float[]? _floats;
    private readonly double[]? _doubles;

    internal Window(WindowGeometry geometry, PixelBuffer buffer, int offset, int stride)
    {
        Geometry = geometry;
        _buffer = buffer;
        _offset = offset;
        _stride = stride;
        Header = _noCards;
    }

    /// <summary>A window of float pixels, row after row.</summary>
    public Window(WindowGeometry geometry, float[] pixels, FitsHeader? header = null)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(pixels);
        RequireSize(geometry, pixels.Length);
        Geometry = geometry;
        _floats = pixels;
        Header = header ?? new FitsHeader();
    }

    /// <summary>A window of double pixels, row after row; see <see cref="HcmPrecision"/>.</summary>
    public Window(WindowGeometry geometry, double[] pixels, FitsHeader? header = null)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(pixels);
        RequireSize(geometry, pixels.Length);
        Geometry = geometry;
        _doubles = pixels;
        Header = header ?? new FitsHeader();
    }

    private static readonly FitsHeader _noCards = new();

    /// <summary>Place, size and binning.</summary>
    public WindowGeometry Geometry { get; }

    /// <summary>The window's name, unique in its CCD.</summary>
    public string Label => Geometry.Label;

    /// <summary>Binned pixels per row.</summary>
    public int Nx => Geometry.Nx;

    /// <summary>Binned rows.</summary>
    public int Ny => Geometry.Ny;

    /// <summary>The window's own cards (of a .hcm file); empty for a raw run.</summary>
    public FitsHeader Header { get; }

    /// <summary>Whether the pixels are the 16 bits of a raw run.</summary>
    public bool IsRaw => _buffer is not null;

    /// <summary>Whether the pixels were kept in double precision.</summary>
    public bool IsDouble => _doubles is not null;

    /// <summary>A row of 16-bit pixels, without a copy.</summary>
    /// <exception cref="InvalidOperationException">The window is not of a raw run.</exception>
    /// <exception cref="ObjectDisposedException">The frame was disposed of.</exception>
    public ReadOnlySpan<ushort> RawRow(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Ny);
        return _buffer is { } buffer
            ? buffer.Pixels.AsSpan(_offset + y * _stride, Nx)
            : throw new InvalidOperationException($"Window {Label} holds floats, not the 16 bits of a raw run: use CopyRow.");
    }

    /// <summary>A row as floats.</summary>
    /// <param name="y">Row, 0 at the bottom.</param>
    /// <param name="target">At least <see cref="Nx"/> long.</param>
    public void CopyRow(int y, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Ny);
        target = target[..Nx];
        if (_floats is not null)
            _floats.AsSpan(y * Nx, Nx).CopyTo(target);
        else if (_doubles is not null)
            Narrow(_doubles.AsSpan(y * Nx, Nx), target);
        else
            Widen(RawRow(y), target);
    }

    /// <summary>All pixels as floats, row after row.</summary>
    public float[] ToFloats()
    {
        var pixels = new float[Nx * Ny];
        for (var y = 0; y < Ny; y++)
            CopyRow(y, pixels.AsSpan(y * Nx, Nx));
        return pixels;
    }

    /// <summary>All pixels as doubles, row after row.</summary>
    public double[] ToDoubles() => _doubles is not null ? [.. _doubles] : Array.ConvertAll(ToFloats(), value => (double)value);

    /// <summary>Sum, least, greatest, and the CRC-32 of the pixels as little-endian floats, row 0 first.</summary>
    public WindowSummary Summarise()
    {
        var row = new float[Nx];
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        var crc = 0u;
        for (var y = 0; y < Ny; y++)
        {
            CopyRow(y, row);
            foreach (var value in row)
            {
                sum += value;
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }

            if (!BitConverter.IsLittleEndian)
                throw new PlatformNotSupportedException("The check sum is defined on little-endian floats; this machine is big-endian.");
            crc = Crc32.Append(crc, MemoryMarshal.AsBytes(row.AsSpan()));
        }

        return new WindowSummary(sum, min, max, crc);
    }

    private static void RequireSize(WindowGeometry geometry, int pixels)
    {
        if (pixels != (long)geometry.Nx * geometry.Ny)
            throw new ArgumentException($"Window {geometry.Label}: {pixels} pixels do not fill {geometry.Nx} x {geometry.Ny}.");
    }

    private static void Narrow(ReadOnlySpan<double> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = (float)source[i];
    }

    private static void Widen(ReadOnlySpan<ushort> source, Span<float> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out var low, out var high);
            Vector.ConvertToSingle(low.As<uint, int>()).CopyTo(target[i..]);
            Vector.ConvertToSingle(high.As<uint, int>()).CopyTo(target[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
            target[i] = source[i];
    }
}
