using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>The types in which an image's elements may travel, and the way from a wide one to a narrow one.</summary>
internal static class WireElements
{
    /// <summary>Elements looked at before it is asked whether more can change the answer.</summary>
    private const int Stretch = 16 * 1024;

    /// <summary>
    /// The smallest of Byte, Int16, UInt16 and Int32 that holds every value of the image; floating-point images travel as they are.
    /// An image of 16 bits is looked through only until a value does not fit into 8: of two types of one size its own is as small as the other.
    /// </summary>
    /// <exception cref="AlpacaException">None of them holds every value, or a value is no number.</exception>
    public static ImageElementType SmallestType(ImageArray image) => image.ElementType switch
    {
        ImageElementType.Byte => ImageElementType.Byte,
        ImageElementType.Int16 => Smallest(image.Pixels<short>(), ImageElementType.Int16),
        ImageElementType.UInt16 => Smallest(image.Pixels<ushort>(), ImageElementType.UInt16),
        ImageElementType.Int32 => Smallest(image.Pixels<int>(), ImageElementType.Int32),
        ImageElementType.UInt32 => Smallest(image.Pixels<uint>(), ImageElementType.UInt32),
        ImageElementType.Int64 => Smallest(image.Pixels<long>(), ImageElementType.Int64),
        ImageElementType.UInt64 => Smallest(image.Pixels<ulong>(), ImageElementType.UInt64),
        ImageElementType.Single => Finite(image.Pixels<float>(), ImageElementType.Single),
        ImageElementType.Double => Finite(image.Pixels<double>(), ImageElementType.Double),
        _ => throw new AlpacaException(AlpacaError.Driver, $"The camera's image has elements of type {image.ElementType}, which Alpaca does not know."),
    };

    /// <summary>Cuts elements down to a narrower type that is known to hold them.</summary>
    /// <param name="source">Whole numbers of <paramref name="fromBytes"/> bytes.</param>
    /// <param name="target">Room for as many of <paramref name="toBytes"/> bytes.</param>
    public static void Narrow(ReadOnlySpan<byte> source, int fromBytes, Span<byte> target, int toBytes)
    {
        switch (fromBytes, toBytes)
        {
            case (2, 1):
                Narrow(MemoryMarshal.Cast<byte, ushort>(source), target);
                break;
            case (4, 2):
                Narrow(MemoryMarshal.Cast<byte, uint>(source), MemoryMarshal.Cast<byte, ushort>(target));
                break;
            case (4, 1):
                Narrow(MemoryMarshal.Cast<byte, uint>(source), target);
                break;
            case (8, 4):
                Truncate(MemoryMarshal.Cast<byte, ulong>(source), MemoryMarshal.Cast<byte, uint>(target));
                break;
            case (8, 2):
                Truncate(MemoryMarshal.Cast<byte, ulong>(source), MemoryMarshal.Cast<byte, ushort>(target));
                break;
            case (8, 1):
                Truncate(MemoryMarshal.Cast<byte, ulong>(source), target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(toBytes), toBytes, $"Elements of {fromBytes} bytes are not narrowed to this.");
        }
    }

    private static void Narrow(ReadOnlySpan<ushort> source, Span<byte> target)
    {
        var i = 0;
        for (; i <= source.Length - 16; i += 16)
            Vector128.Narrow(Vector128.Create(source[i..]), Vector128.Create(source[(i + 8)..])).CopyTo(target[i..]);
        Truncate(source[i..], target[i..]);
    }

    private static void Narrow(ReadOnlySpan<uint> source, Span<ushort> target)
    {
        var i = 0;
        for (; i <= source.Length - 8; i += 8)
            Vector128.Narrow(Vector128.Create(source[i..]), Vector128.Create(source[(i + 4)..])).CopyTo(target[i..]);
        Truncate(source[i..], target[i..]);
    }

    private static void Narrow(ReadOnlySpan<uint> source, Span<byte> target)
    {
        var i = 0;
        for (; i <= source.Length - 16; i += 16)
        {
            var low = Vector128.Narrow(Vector128.Create(source[i..]), Vector128.Create(source[(i + 4)..]));
            var high = Vector128.Narrow(Vector128.Create(source[(i + 8)..]), Vector128.Create(source[(i + 12)..]));
            Vector128.Narrow(low, high).CopyTo(target[i..]);
        }

        Truncate(source[i..], target[i..]);
    }

    private static void Truncate<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> target)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = TTo.CreateTruncating(source[i]);
    }

    private static ImageElementType Smallest<T>(ReadOnlySpan<T> values, ImageElementType own)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (minimum, maximum) = (T.MaxValue, T.MinValue);
        for (var at = 0; at < values.Length; at += Stretch)
        {
            Widen(values.Slice(at, Math.Min(Stretch, values.Length - at)), ref minimum, ref maximum);
            if (own is ImageElementType.Int16 or ImageElementType.UInt16 && Fitting(minimum, maximum) is not ImageElementType.Byte)
                return own;
        }

        return Fitting(minimum, maximum) ?? throw new AlpacaException(
            AlpacaError.Driver,
            $"The image has values from {minimum} to {maximum}; Alpaca images go from {int.MinValue} to {int.MaxValue}.");
    }

    private static ImageElementType? Fitting<T>(T minimum, T maximum)
        where T : unmanaged, IBinaryInteger<T> => (Int128.CreateChecked(minimum), Int128.CreateChecked(maximum)) switch
        {
            var (low, high) when low >= byte.MinValue && high <= byte.MaxValue => ImageElementType.Byte,
            var (low, high) when low >= short.MinValue && high <= short.MaxValue => ImageElementType.Int16,
            var (low, high) when low >= ushort.MinValue && high <= ushort.MaxValue => ImageElementType.UInt16,
            var (low, high) when low >= int.MinValue && high <= int.MaxValue => ImageElementType.Int32,
            _ => null,
        };

    private static void Widen<T>(ReadOnlySpan<T> values, ref T minimum, ref T maximum)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (minima, maxima) = (new Vector<T>(minimum), new Vector<T>(maximum));
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (var vector in vectors)
            (minima, maxima) = (Vector.Min(minima, vector), Vector.Max(maxima, vector));
        for (var i = 0; i < Vector<T>.Count; i++)
            (minimum, maximum) = (T.Min(minimum, minima[i]), T.Max(maximum, maxima[i]));
        foreach (var value in values[(vectors.Length * Vector<T>.Count)..])
            (minimum, maximum) = (T.Min(minimum, value), T.Max(maximum, value));
    }

    /// <summary>Infinities and NaN have no form in JSON, so that they are refused in every form.</summary>
    private static ImageElementType Finite<T>(ReadOnlySpan<T> values, ImageElementType own)
        where T : unmanaged, IFloatingPoint<T>
    {
        foreach (var value in values)
        {
            if (!T.IsFinite(value))
                throw new AlpacaException(AlpacaError.Driver, "The camera's image has a pixel without a number (infinite or not a number), which Alpaca images cannot carry.");
        }

        return own;
    }
}
