using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>Reads a FITS file's layout from its headers (FITS standard 4.0, sections 3 and 4), to see whether the file is whole without any library's help.</summary>
internal static class FitsStructure
{
    private const int Block = 2880;
    private const int MaxHeaderBlocks = 4096;

    /// <summary>One header-and-data unit: where its data stand and how long they are without the filling.</summary>
    public sealed record Unit(FitsHeader Header, long DataOffset, long DataLength);

    /// <summary>All units of a file.</summary>
    /// <returns>The units, or the reason why the file is not a whole FITS file.</returns>
    public static (IReadOnlyList<Unit> Units, string? Fault) Read(Stream file)
    {
        var units = new List<Unit>();
        if (file.Length == 0)
            return (units, "it is empty");
        if (file.Length % Block != 0)
            return (units, $"its {file.Length} bytes are no multiple of {Block}");
        while (file.Position < file.Length)
        {
            if (ReadHeader(file, units.Count == 0) is not { } records)
                return (units, units.Count == 0 ? "it does not begin with a FITS header" : "a header has no end");
            var header = FitsHeader.Parse(records);
            if (DataLength(header) is not { } length)
                return (units, "BITPIX or an axis is missing from a header");
            units.Add(new(header, file.Position, length));
            var end = file.Position + (length + Block - 1) / Block * Block;
            if (end > file.Length)
                return (units, $"its header announces {end} bytes and it has {file.Length}");
            file.Position = end;
        }

        return (units, null);
    }

    private static byte[]? ReadHeader(Stream file, bool first)
    {
        using var header = new MemoryStream();
        var block = new byte[Block];
        for (var count = 0; count < MaxHeaderBlocks && file.ReadAtLeast(block, Block, throwOnEndOfStream: false) == Block; count++)
        {
            if (count == 0 && !block.AsSpan().StartsWith(first ? "SIMPLE  ="u8 : "XTENSION="u8))
                return null;
            header.Write(block);
            for (var card = 0; card < Block; card += 80)
            {
                if (block.AsSpan(card, 8).SequenceEqual("END     "u8))
                    return header.ToArray();
            }
        }

        return null;
    }

    // Equation (2) of the standard; random groups, which nobody writes for images, are not covered.
    private static long? DataLength(FitsHeader header)
    {
        if (header.Integer("BITPIX") is not { } bits || header.Integer("NAXIS") is not { } axes || axes is < 0 or > 999)
            return null;
        var pixels = axes == 0 ? 0L : 1L;
        try
        {
            for (var i = 1; i <= axes; i++)
                pixels = checked(pixels * (header.Integer($"NAXIS{i}") is { } axis and >= 0 ? axis : throw new OverflowException()));
            return checked(Math.Abs(bits) / 8 * (header.Integer("GCOUNT") ?? 1) * ((header.Integer("PCOUNT") ?? 0) + pixels));
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
