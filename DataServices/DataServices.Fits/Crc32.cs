using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataServices.Fits;

/// <summary>CRC-32 of ISO 3309, as zlib and PNG use it: 64 bytes at a time by carry-less multiplication where there is any, otherwise eight by tables.</summary>
public static class Crc32
{
    private const int Block = 64;
    private const uint Polynomial = 0xedb88320;
    private static readonly uint[] _tables = MakeTables();

    /// <summary>The check sum of the bytes so far (0 for none) continued by more bytes.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        if (Pclmulqdq.IsSupported && data.Length >= 2 * Block)
            crc = Fold(crc, ref data);
        return ~AppendByTable(crc, data);
    }

    private static uint AppendByTable(uint crc, ReadOnlySpan<byte> data)
    {
        var tables = _tables;
        for (; data.Length >= 8; data = data[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = tables[0x700 + (low & 0xff)] ^ tables[0x600 + (low >> 8 & 0xff)] ^ tables[0x500 + (low >> 16 & 0xff)] ^ tables[0x400 + (low >> 24)]
                ^ tables[0x300 + (high & 0xff)] ^ tables[0x200 + (high >> 8 & 0xff)] ^ tables[0x100 + (high >> 16 & 0xff)] ^ tables[high >> 24];
        }

        foreach (var b in data)
            crc = tables[(crc ^ b) & 0xff] ^ crc >> 8;
        return crc;
    }

    // A block of bits stands for what it is worth at a later place: the bits times a power of x, modulo the polynomial. Four blocks of 128
    // bits are moved on by 512 bits at a time, in the end by 128 until one is left, whose remainder the tables give.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Fold(uint crc, ref ReadOnlySpan<byte> data)
    {
        var by512 = Vector128.Create(0x1_5444_2bd4UL, 0x1_c6e4_1596UL);
        var by128 = Vector128.Create(0x1_7519_97d0UL, 0x0_ccaa_009eUL);
        var a = Load(data, 0) ^ Vector128.CreateScalar((ulong)crc);
        Vector128<ulong> b = Load(data, 1), c = Load(data, 2), d = Load(data, 3);
        for (data = data[Block..]; data.Length >= Block; data = data[Block..])
        {
            a = Move(a, by512) ^ Load(data, 0);
            b = Move(b, by512) ^ Load(data, 1);
            c = Move(c, by512) ^ Load(data, 2);
            d = Move(d, by512) ^ Load(data, 3);
        }

        a = Move(Move(Move(a, by128) ^ b, by128) ^ c, by128) ^ d;
        Span<byte> rest = stackalloc byte[16];
        a.AsByte().CopyTo(rest);
        return AppendByTable(0, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Move(Vector128<ulong> bits, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(bits, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(bits, by, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Load(ReadOnlySpan<byte> data, int index) => MemoryMarshal.Read<Vector128<ulong>>(data[(16 * index)..]);

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? Polynomial ^ c >> 1 : c >> 1;
            tables[n] = c;
        }

        for (var n = 256; n < tables.Length; n++)
            tables[n] = tables[n - 256] >> 8 ^ tables[tables[n - 256] & 0xff];
        return tables;
    }
}
