using System.Buffers.Binary;

namespace DataServices.Fits;

/// <summary>CRC-32 of ISO 3309, as zlib and PNG use it; eight bytes at a time by tables.</summary>
public static class Crc32
{
    private const uint Polynomial = 0xedb88320;
    private static readonly uint[] _tables = MakeTables();

    /// <summary>The check sum of the bytes so far (0 for none) continued by more bytes.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var tables = _tables;
        crc = ~crc;
        for (; data.Length >= 8; data = data[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = tables[0x700 + (low & 0xff)] ^ tables[0x600 + (low >> 8 & 0xff)] ^ tables[0x500 + (low >> 16 & 0xff)] ^ tables[0x400 + (low >> 24)]
                ^ tables[0x300 + (high & 0xff)] ^ tables[0x200 + (high >> 8 & 0xff)] ^ tables[0x100 + (high >> 16 & 0xff)] ^ tables[high >> 24];
        }

        foreach (var b in data)
            crc = tables[(crc ^ b) & 0xff] ^ crc >> 8;
        return ~crc;
    }

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
