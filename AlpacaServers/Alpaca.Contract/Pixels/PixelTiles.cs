using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Alpaca.Contract.Pixels;

/// <summary>
/// A square of pixels that is turned in vector registers. All tiles use one scheme: interleaving vector i with vector i + n/2, for every i, is
/// a perfect shuffle; log2(n) of them move every element to its place.
/// </summary>
internal unsafe interface IPixelTile
{
    /// <summary>Pixels along a side.</summary>
    static abstract int Side { get; }

    /// <summary>Turns one tile; strides in bytes.</summary>
    static abstract void Turn(byte* source, nint sourceStride, byte* target, nint targetStride);
}

/// <summary>16 x 16 pixels of one byte.</summary>
internal readonly unsafe struct BytesTile : IPixelTile
{
    public static int Side => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(byte* source, nint sourceStride, byte* target, nint targetStride)
    {
        var (a0, a1, a2, a3) = (Row(0), Row(1), Row(2), Row(3));
        var (a4, a5, a6, a7) = (Row(4), Row(5), Row(6), Row(7));
        var (a8, a9, a10, a11) = (Row(8), Row(9), Row(10), Row(11));
        var (a12, a13, a14, a15) = (Row(12), Row(13), Row(14), Row(15));
        var (b0, b1, b2, b3) = (Interleave.Low(a0, a8), Interleave.High(a0, a8), Interleave.Low(a1, a9), Interleave.High(a1, a9));
        var (b4, b5, b6, b7) = (Interleave.Low(a2, a10), Interleave.High(a2, a10), Interleave.Low(a3, a11), Interleave.High(a3, a11));
        var (b8, b9, b10, b11) = (Interleave.Low(a4, a12), Interleave.High(a4, a12), Interleave.Low(a5, a13), Interleave.High(a5, a13));
        var (b12, b13, b14, b15) = (Interleave.Low(a6, a14), Interleave.High(a6, a14), Interleave.Low(a7, a15), Interleave.High(a7, a15));
        (a0, a1, a2, a3) = (Interleave.Low(b0, b8), Interleave.High(b0, b8), Interleave.Low(b1, b9), Interleave.High(b1, b9));
        (a4, a5, a6, a7) = (Interleave.Low(b2, b10), Interleave.High(b2, b10), Interleave.Low(b3, b11), Interleave.High(b3, b11));
        (a8, a9, a10, a11) = (Interleave.Low(b4, b12), Interleave.High(b4, b12), Interleave.Low(b5, b13), Interleave.High(b5, b13));
        (a12, a13, a14, a15) = (Interleave.Low(b6, b14), Interleave.High(b6, b14), Interleave.Low(b7, b15), Interleave.High(b7, b15));
        (b0, b1, b2, b3) = (Interleave.Low(a0, a8), Interleave.High(a0, a8), Interleave.Low(a1, a9), Interleave.High(a1, a9));
        (b4, b5, b6, b7) = (Interleave.Low(a2, a10), Interleave.High(a2, a10), Interleave.Low(a3, a11), Interleave.High(a3, a11));
        (b8, b9, b10, b11) = (Interleave.Low(a4, a12), Interleave.High(a4, a12), Interleave.Low(a5, a13), Interleave.High(a5, a13));
        (b12, b13, b14, b15) = (Interleave.Low(a6, a14), Interleave.High(a6, a14), Interleave.Low(a7, a15), Interleave.High(a7, a15));
        Line(0, Interleave.Low(b0, b8));
        Line(1, Interleave.High(b0, b8));
        Line(2, Interleave.Low(b1, b9));
        Line(3, Interleave.High(b1, b9));
        Line(4, Interleave.Low(b2, b10));
        Line(5, Interleave.High(b2, b10));
        Line(6, Interleave.Low(b3, b11));
        Line(7, Interleave.High(b3, b11));
        Line(8, Interleave.Low(b4, b12));
        Line(9, Interleave.High(b4, b12));
        Line(10, Interleave.Low(b5, b13));
        Line(11, Interleave.High(b5, b13));
        Line(12, Interleave.Low(b6, b14));
        Line(13, Interleave.High(b6, b14));
        Line(14, Interleave.Low(b7, b15));
        Line(15, Interleave.High(b7, b15));

        Vector128<byte> Row(int index) => Vector128.Load(source + (index * sourceStride));

        void Line(int index, Vector128<byte> pixels) => pixels.Store(target + (index * targetStride));
    }
}

/// <summary>8 x 8 pixels of two bytes.</summary>
internal readonly unsafe struct WordsTile : IPixelTile
{
    public static int Side => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(byte* source, nint sourceStride, byte* target, nint targetStride)
    {
        var (a0, a1, a2, a3) = (Row(0), Row(1), Row(2), Row(3));
        var (a4, a5, a6, a7) = (Row(4), Row(5), Row(6), Row(7));
        var (b0, b1, b2, b3) = (Interleave.Low(a0, a4), Interleave.High(a0, a4), Interleave.Low(a1, a5), Interleave.High(a1, a5));
        var (b4, b5, b6, b7) = (Interleave.Low(a2, a6), Interleave.High(a2, a6), Interleave.Low(a3, a7), Interleave.High(a3, a7));
        (a0, a1, a2, a3) = (Interleave.Low(b0, b4), Interleave.High(b0, b4), Interleave.Low(b1, b5), Interleave.High(b1, b5));
        (a4, a5, a6, a7) = (Interleave.Low(b2, b6), Interleave.High(b2, b6), Interleave.Low(b3, b7), Interleave.High(b3, b7));
        Line(0, Interleave.Low(a0, a4));
        Line(1, Interleave.High(a0, a4));
        Line(2, Interleave.Low(a1, a5));
        Line(3, Interleave.High(a1, a5));
        Line(4, Interleave.Low(a2, a6));
        Line(5, Interleave.High(a2, a6));
        Line(6, Interleave.Low(a3, a7));
        Line(7, Interleave.High(a3, a7));

        Vector128<ushort> Row(int index) => Vector128.Load((ushort*)(source + (index * sourceStride)));

        void Line(int index, Vector128<ushort> pixels) => pixels.Store((ushort*)(target + (index * targetStride)));
    }
}

/// <summary>16 x 16 pixels of two bytes with AVX2: the two halves of each register are two 8 x 8 tiles side by side.</summary>
internal readonly unsafe struct WideWordsTile : IPixelTile
{
    public static int Side => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(byte* source, nint sourceStride, byte* target, nint targetStride)
    {
        Half(source, sourceStride, out var t0, out var t1, out var t2, out var t3, out var t4, out var t5, out var t6, out var t7);
        Half(source + (8 * sourceStride), sourceStride, out var u0, out var u1, out var u2, out var u3, out var u4, out var u5, out var u6, out var u7);
        Lines(0, t0, u0);
        Lines(1, t1, u1);
        Lines(2, t2, u2);
        Lines(3, t3, u3);
        Lines(4, t4, u4);
        Lines(5, t5, u5);
        Lines(6, t6, u6);
        Lines(7, t7, u7);

        void Lines(int index, Vector256<ushort> above, Vector256<ushort> below)
        {
            Avx2.Permute2x128(above, below, 0x20).Store((ushort*)(target + (index * targetStride)));
            Avx2.Permute2x128(above, below, 0x31).Store((ushort*)(target + ((index + 8) * targetStride)));
        }
    }

    /// <summary>Eight rows of 16 pixels: register i gets column i in its lower half and column i + 8 in its upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(
        byte* source,
        nint stride,
        out Vector256<ushort> c0,
        out Vector256<ushort> c1,
        out Vector256<ushort> c2,
        out Vector256<ushort> c3,
        out Vector256<ushort> c4,
        out Vector256<ushort> c5,
        out Vector256<ushort> c6,
        out Vector256<ushort> c7)
    {
        var (a0, a1, a2, a3) = (Row(0), Row(1), Row(2), Row(3));
        var (a4, a5, a6, a7) = (Row(4), Row(5), Row(6), Row(7));
        var (b0, b1, b2, b3) = (Avx2.UnpackLow(a0, a4), Avx2.UnpackHigh(a0, a4), Avx2.UnpackLow(a1, a5), Avx2.UnpackHigh(a1, a5));
        var (b4, b5, b6, b7) = (Avx2.UnpackLow(a2, a6), Avx2.UnpackHigh(a2, a6), Avx2.UnpackLow(a3, a7), Avx2.UnpackHigh(a3, a7));
        (a0, a1, a2, a3) = (Avx2.UnpackLow(b0, b4), Avx2.UnpackHigh(b0, b4), Avx2.UnpackLow(b1, b5), Avx2.UnpackHigh(b1, b5));
        (a4, a5, a6, a7) = (Avx2.UnpackLow(b2, b6), Avx2.UnpackHigh(b2, b6), Avx2.UnpackLow(b3, b7), Avx2.UnpackHigh(b3, b7));
        (c0, c1, c2, c3) = (Avx2.UnpackLow(a0, a4), Avx2.UnpackHigh(a0, a4), Avx2.UnpackLow(a1, a5), Avx2.UnpackHigh(a1, a5));
        (c4, c5, c6, c7) = (Avx2.UnpackLow(a2, a6), Avx2.UnpackHigh(a2, a6), Avx2.UnpackLow(a3, a7), Avx2.UnpackHigh(a3, a7));

        Vector256<ushort> Row(int index) => Vector256.Load((ushort*)(source + (index * stride)));
    }
}

/// <summary>4 x 4 pixels of four bytes.</summary>
internal readonly unsafe struct DoubleWordsTile : IPixelTile
{
    public static int Side => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(byte* source, nint sourceStride, byte* target, nint targetStride)
    {
        var (a0, a1, a2, a3) = (Row(0), Row(1), Row(2), Row(3));
        var (b0, b1, b2, b3) = (Interleave.Low(a0, a2), Interleave.High(a0, a2), Interleave.Low(a1, a3), Interleave.High(a1, a3));
        Line(0, Interleave.Low(b0, b2));
        Line(1, Interleave.High(b0, b2));
        Line(2, Interleave.Low(b1, b3));
        Line(3, Interleave.High(b1, b3));

        Vector128<uint> Row(int index) => Vector128.Load((uint*)(source + (index * sourceStride)));

        void Line(int index, Vector128<uint> pixels) => pixels.Store((uint*)(target + (index * targetStride)));
    }
}

/// <summary>2 x 2 pixels of eight bytes.</summary>
internal readonly unsafe struct QuadWordsTile : IPixelTile
{
    public static int Side => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(byte* source, nint sourceStride, byte* target, nint targetStride)
    {
        var first = Vector128.Load((ulong*)source);
        var second = Vector128.Load((ulong*)(source + sourceStride));
        Interleave.Low(first, second).Store((ulong*)target);
        Interleave.High(first, second).Store((ulong*)(target + targetStride));
    }
}

/// <summary>The one vector operation the tiles need, which each processor family names differently: a0 b0 a1 b1 ... of the lower or the upper halves.</summary>
internal static class Interleave
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Low<T>(Vector128<T> a, Vector128<T> b)
        where T : unmanaged
    {
        if (Sse2.IsSupported)
        {
            return Unsafe.SizeOf<T>() switch
            {
                1 => Sse2.UnpackLow(a.AsByte(), b.AsByte()).As<byte, T>(),
                2 => Sse2.UnpackLow(a.AsUInt16(), b.AsUInt16()).As<ushort, T>(),
                4 => Sse2.UnpackLow(a.AsUInt32(), b.AsUInt32()).As<uint, T>(),
                _ => Sse2.UnpackLow(a.AsUInt64(), b.AsUInt64()).As<ulong, T>(),
            };
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return Unsafe.SizeOf<T>() switch
            {
                1 => AdvSimd.Arm64.ZipLow(a.AsByte(), b.AsByte()).As<byte, T>(),
                2 => AdvSimd.Arm64.ZipLow(a.AsUInt16(), b.AsUInt16()).As<ushort, T>(),
                4 => AdvSimd.Arm64.ZipLow(a.AsUInt32(), b.AsUInt32()).As<uint, T>(),
                _ => AdvSimd.Arm64.ZipLow(a.AsUInt64(), b.AsUInt64()).As<ulong, T>(),
            };
        }

        return Plain(a, b, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> High<T>(Vector128<T> a, Vector128<T> b)
        where T : unmanaged
    {
        if (Sse2.IsSupported)
        {
            return Unsafe.SizeOf<T>() switch
            {
                1 => Sse2.UnpackHigh(a.AsByte(), b.AsByte()).As<byte, T>(),
                2 => Sse2.UnpackHigh(a.AsUInt16(), b.AsUInt16()).As<ushort, T>(),
                4 => Sse2.UnpackHigh(a.AsUInt32(), b.AsUInt32()).As<uint, T>(),
                _ => Sse2.UnpackHigh(a.AsUInt64(), b.AsUInt64()).As<ulong, T>(),
            };
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return Unsafe.SizeOf<T>() switch
            {
                1 => AdvSimd.Arm64.ZipHigh(a.AsByte(), b.AsByte()).As<byte, T>(),
                2 => AdvSimd.Arm64.ZipHigh(a.AsUInt16(), b.AsUInt16()).As<ushort, T>(),
                4 => AdvSimd.Arm64.ZipHigh(a.AsUInt32(), b.AsUInt32()).As<uint, T>(),
                _ => AdvSimd.Arm64.ZipHigh(a.AsUInt64(), b.AsUInt64()).As<ulong, T>(),
            };
        }

        return Plain(a, b, Vector128<T>.Count / 2);
    }

    /// <summary>For processors with other vectors.</summary>
    private static Vector128<T> Plain<T>(Vector128<T> a, Vector128<T> b, int first)
        where T : unmanaged
    {
        var result = Vector128<T>.Zero;
        for (var i = 0; i < Vector128<T>.Count / 2; i++)
            result = result.WithElement(2 * i, a.GetElement(first + i)).WithElement((2 * i) + 1, b.GetElement(first + i));
        return result;
    }
}
