using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataServices.Hipercam;

/// <summary>Sorts the words of an ULTRACAM or ULTRASPEC frame into one image per window, the right way round.</summary>
internal static class UltracamDecoder
{
    private const int Lane = 8;

    // Each takes four pixels of one chip, in the order the blends leave them, apart into left (low half) and right (high half, mirrored).
    private static readonly Vector128<byte> _first = Split(0, 3, 2, 1);
    private static readonly Vector128<byte> _second = Split(1, 0, 3, 2);
    private static readonly Vector128<byte> _third = Split(2, 1, 0, 3);

    /// <summary>Decodes whole rows of one block.</summary>
    /// <param name="layout">The run's.</param>
    /// <param name="block">Which block.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="source">The rows' bytes.</param>
    /// <param name="target">The frame's pixels.</param>
    public static void DecodeRows(UltracamLayout layout, UltracamLayout.Block block, int firstRow, ReadOnlySpan<byte> source, ushort[] target)
    {
        if (source.IsEmpty)
            return;
        var rows = source.Length / block.RowBytes;
        for (var row = 0; row < rows; row++)
        {
            var bytes = source.Slice(row * block.RowBytes, block.RowBytes);
            if (block.Channels == 1)
                CopyRow(bytes, target.AsSpan(block.Offset + (firstRow + row) * block.Nx, block.Nx), block.IsMirrored);
            else
                SplitRow(bytes, block, firstRow + row, target, layout.OverscanStart);
        }
    }

    private static void CopyRow(ReadOnlySpan<byte> bytes, Span<ushort> row, bool isMirrored)
    {
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.Cast<byte, ushort>(bytes).CopyTo(row);
        else
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(bytes), row);
        if (isMirrored)
            row.Reverse();
    }

    private static unsafe void SplitRow(ReadOnlySpan<byte> bytes, UltracamLayout.Block block, int row, ushort[] target, (int Left, int Right, int Length)? overscan)
    {
        int nx = block.Nx, plane = nx * block.Ny;
        fixed (byte* source = bytes)
        fixed (ushort* pixels = target)
        {
            var line = pixels + block.Offset + row * nx;
            var x = Ssse3.IsSupported && Sse41.IsSupported ? SplitVectors((ushort*)source, line, nx, plane) : 0;
            for (; x < nx; x++)
            {
                for (var channel = 0; channel < 6; channel++)
                {
                    var word = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * (6 * x + channel))..]);
                    line[channel * plane + (channel % 2 == 0 ? x : nx - 1 - x)] = word;
                }
            }

            if (overscan is { } cut)
            {
                for (var channel = 0; channel < 6; channel++)
                    MoveScanBehindData(new Span<ushort>(line + channel * plane, nx), channel % 2 == 0 ? cut.Left : cut.Right, cut.Length);
            }
        }
    }

    // Six words a pixel: left and right of three chips. 24 words (8 pixels of 3 chips, as 32-bit pairs) are sorted by chip with blends,
    // which never meet in the same place, and then into left and right.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int SplitVectors(ushort* source, ushort* line, int nx, int plane)
    {
        var (firstOrder, secondOrder, thirdOrder) = (_first, _second, _third);
        var x = 0;
        for (; x <= nx - Lane; x += Lane)
        {
            var at = source + 6 * x;
            var a = Vector128.Load(at);
            var b = Vector128.Load(at + 8);
            var c = Vector128.Load(at + 16);
            var d = Vector128.Load(at + 24);
            var e = Vector128.Load(at + 32);
            var f = Vector128.Load(at + 40);
            Store(line, 0, x, nx, plane, Blend(a, b, c, 0x30, 0x0c), Blend(d, e, f, 0x30, 0x0c), firstOrder);
            Store(line, 2, x, nx, plane, Blend(a, b, c, 0xc3, 0x30), Blend(d, e, f, 0xc3, 0x30), secondOrder);
            Store(line, 4, x, nx, plane, Blend(a, b, c, 0x0c, 0xc3), Blend(d, e, f, 0x0c, 0xc3), thirdOrder);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Blend(Vector128<ushort> a, Vector128<ushort> b, Vector128<ushort> c, [ConstantExpected] byte fromB, [ConstantExpected] byte fromC) =>
        Sse41.Blend(Sse41.Blend(a, b, fromB), c, fromC).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store(ushort* line, int channel, int x, int nx, int plane, Vector128<byte> low, Vector128<byte> high, Vector128<byte> order)
    {
        var first = Ssse3.Shuffle(low, order).AsUInt64();
        var second = Ssse3.Shuffle(high, order).AsUInt64();
        Sse2.UnpackLow(first, second).AsUInt16().Store(line + channel * plane + x);
        Sse2.UnpackHigh(second, first).AsUInt16().Store(line + (channel + 1) * plane + nx - Lane - x);
    }

    // Where the 32-bit lanes stand that hold pixels 0, 1, 2, 3.
    private static Vector128<byte> Split(int p0, int p1, int p2, int p3)
    {
        Span<byte> order = stackalloc byte[16];
        ReadOnlySpan<int> lanes = [p0, p1, p2, p3];
        for (var i = 0; i < 4; i++)
        {
            order[2 * i] = (byte)(4 * lanes[i]);
            order[2 * i + 1] = (byte)(4 * lanes[i] + 1);
            order[8 + 2 * i] = (byte)(4 * lanes[3 - i] + 2);
            order[8 + 2 * i + 1] = (byte)(4 * lanes[3 - i] + 3);
        }

        return Vector128.Create<byte>(order);
    }

    // before | data | after becomes data | before | after.
    private static void MoveScanBehindData(Span<ushort> line, int before, int length)
    {
        Span<ushort> kept = stackalloc ushort[before];
        line[..before].CopyTo(kept);
        line.Slice(before, length).CopyTo(line);
        kept.CopyTo(line[length..]);
    }
}
