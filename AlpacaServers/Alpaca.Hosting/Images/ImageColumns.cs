using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>
/// Turns an image from the sensor's order (row by row) into the wire's (column by column), some columns at a time.
/// It works through tiles of rows, so that the cache lines a tile touches are still there when its next column needs them.
/// </summary>
internal static class ImageColumns
{
    private const int TileRows = 64;

    /// <summary>The smallest of Byte, Int16, UInt16 and Int32 that holds every value of the image.</summary>
    /// <exception cref="AlpacaException">None of them does.</exception>
    public static ImageElementType SmallestType(ImageArray image) => image.ElementType switch
    {
        ImageElementType.Byte => ImageElementType.Byte,
        ImageElementType.Int16 => Smallest(image.Pixels<short>()),
        ImageElementType.UInt16 => Smallest(image.Pixels<ushort>()),
        ImageElementType.Int32 => Smallest(image.Pixels<int>()),
        ImageElementType.UInt32 => Smallest(image.Pixels<uint>()),
        _ => throw Unsuited(image),
    };

    /// <summary>Copies columns of the image, converting their elements.</summary>
    /// <param name="image">Where to copy from.</param>
    /// <param name="first">First column.</param>
    /// <param name="destination">Whole columns; as many as fit are copied.</param>
    public static void Copy<T>(ImageArray image, int first, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        switch (image.ElementType)
        {
            case ImageElementType.Byte:
                Copy(image, image.Pixels<byte>(), first, destination);
                break;
            case ImageElementType.Int16:
                Copy(image, image.Pixels<short>(), first, destination);
                break;
            case ImageElementType.UInt16:
                Copy(image, image.Pixels<ushort>(), first, destination);
                break;
            case ImageElementType.Int32:
                Copy(image, image.Pixels<int>(), first, destination);
                break;
            case ImageElementType.UInt32:
                Copy(image, image.Pixels<uint>(), first, destination);
                break;
            default:
                throw Unsuited(image);
        }
    }

    private static void Copy<TFrom, TTo>(ImageArray image, ReadOnlySpan<TFrom> source, int first, Span<TTo> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        var (planes, height, stride) = (image.Planes, image.Height, image.Width * image.Planes);
        var columnLength = height * planes;
        var columns = destination.Length / columnLength;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + columns, image.Width);

        // The bounds have been checked; without the checks inside, the loop runs at the speed of memory.
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        for (var tile = 0; tile < height; tile += TileRows)
        {
            var end = Math.Min(tile + TileRows, height);
            for (var column = 0; column < columns; column++)
            {
                ref var pixel = ref Unsafe.Add(ref from, (nint)tile * stride + (nint)(first + column) * planes);
                ref var written = ref Unsafe.Add(ref to, (nint)column * columnLength + (nint)tile * planes);
                for (var row = tile; row < end; row++)
                {
                    for (var plane = 0; plane < planes; plane++)
                        Unsafe.Add(ref written, plane) = TTo.CreateTruncating(Unsafe.Add(ref pixel, plane));
                    pixel = ref Unsafe.Add(ref pixel, stride);
                    written = ref Unsafe.Add(ref written, planes);
                }
            }
        }
    }

    private static ImageElementType Smallest<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        var (minimum, maximum) = Extremes(values);
        return (long.CreateChecked(minimum), long.CreateChecked(maximum)) switch
        {
            ( >= byte.MinValue, <= byte.MaxValue) => ImageElementType.Byte,
            ( >= short.MinValue, <= short.MaxValue) => ImageElementType.Int16,
            ( >= ushort.MinValue, <= ushort.MaxValue) => ImageElementType.UInt16,
            ( >= int.MinValue, <= int.MaxValue) => ImageElementType.Int32,
            _ => throw new AlpacaException(AlpacaError.Driver, $"The image has values up to {maximum}; Alpaca images go up to {int.MaxValue}."),
        };
    }

    private static (T Minimum, T Maximum) Extremes<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        var (minima, maxima) = (new Vector<T>(T.MaxValue), new Vector<T>(T.MinValue));
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (var vector in vectors)
            (minima, maxima) = (Vector.Min(minima, vector), Vector.Max(maxima, vector));
        var (minimum, maximum) = (minima[0], maxima[0]);
        for (var i = 1; i < Vector<T>.Count; i++)
            (minimum, maximum) = (T.Min(minimum, minima[i]), T.Max(maximum, maxima[i]));
        foreach (var value in values[(vectors.Length * Vector<T>.Count)..])
            (minimum, maximum) = (T.Min(minimum, value), T.Max(maximum, value));
        return (minimum, maximum);
    }

    private static AlpacaException Unsuited(ImageArray image) => new(
        AlpacaError.Driver,
        $"The camera's image has elements of type {image.ElementType}; Alpaca images are whole numbers of up to 32 bits.");
}
