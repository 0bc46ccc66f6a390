namespace DataServices.TelescopeOrg;

/// <summary>The CRC of zip archives (ISO 3309, polynomial 0xEDB88320 reflected); the framework's archive reader does not check it.</summary>
internal static class Crc32
{
    private static readonly uint[] _table = MakeTable();

    /// <summary>Goes on from <paramref name="crc"/>, 0 at the beginning.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (var b in bytes)
            crc = _table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
