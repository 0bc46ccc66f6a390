using System.Numerics;
using System.Runtime.CompilerServices;
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
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("The check sum is defined on little-endian floats; this machine is big-endian.");
        var row = new float[Nx];
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        var crc = 0u;
        for (var y = 0; y < Ny; y++)
        {
            CopyRow(y, row);
            crc = Crc32.Append(crc, MemoryMarshal.AsBytes(row.AsSpan()));
            if (IsRaw)
            {
                // Whole numbers of 16 bits: their sum is exact whatever the order.
                var (part, least, greatest) = Summarise(RawRow(y));
                sum += part;
                min = Math.Min(min, least);
                max = Math.Max(max, greatest);
                continue;
            }

            foreach (var value in row)
            {
                sum += value;
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
        }

        return new WindowSummary(sum, min, max, crc);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Sum, ushort Min, ushort Max) Summarise(ReadOnlySpan<ushort> row)
    {
        long sum = 0;
        ushort min = ushort.MaxValue, max = 0;
        var i = 0;
        if (row.Length >= Vector<ushort>.Count)
        {
            Vector<ushort> least = new(ushort.MaxValue), greatest = new(0);
            var sums = Vector<uint>.Zero;
            for (; i <= row.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            {
                var values = new Vector<ushort>(row[i..]);
                least = Vector.Min(least, values);
                greatest = Vector.Max(greatest, values);
                Vector.Widen(values, out var low, out var high);
                // A row has a few thousand pixels: 32 bits hold the sums of each lane.
                sums += low + high;
            }

            for (var lane = 0; lane < Vector<ushort>.Count; lane++)
            {
                min = Math.Min(min, least[lane]);
                max = Math.Max(max, greatest[lane]);
            }

            for (var lane = 0; lane < Vector<uint>.Count; lane++)
                sum += sums[lane];
        }

        for (; i < row.Length; i++)
        {
            sum += row[i];
            min = Math.Min(min, row[i]);
            max = Math.Max(max, row[i]);
        }

        return (sum, min, max);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
