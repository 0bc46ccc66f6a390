using System.Globalization;
using System.Text;

namespace Alpaca.Astronomy.Catalogue;

/// <summary>The binary tables of a FITS file: where their rows are and what their columns are called. Just enough for the astrometry.net index files.</summary>
internal static class FitsTables
{
    private const int Block = 2880;
    private const int Card = 80;

    /// <summary>One table.</summary>
    /// <param name="Offset">Byte offset of the first row.</param>
    /// <param name="RowLength">Bytes per row.</param>
    /// <param name="Rows">Number of rows.</param>
    /// <param name="Columns">Byte offset of each column in a row, by name.</param>
    public sealed record Table(long Offset, int RowLength, long Rows, IReadOnlyDictionary<string, int> Columns);

    /// <summary>Reads all headers of a file.</summary>
    /// <exception cref="InvalidDataException">Not FITS, or cut short.</exception>
    public static (IReadOnlyDictionary<string, string> Primary, IReadOnlyList<Table> Tables) Read(Stream file, string name)
    {
        Dictionary<string, string>? primary = null;
        var tables = new List<Table>();
        while (file.Position < file.Length)
        {
            var header = Header(file, name);
            if (primary is null && !header.ContainsKey("SIMPLE")) throw new InvalidDataException($"{name} is not a FITS file.");
            primary ??= header;
            var size = DataSize(header, name);
            if (file.Length - file.Position < size) throw new InvalidDataException($"{name} is cut short: install the package it came from again.");
            if (header.GetValueOrDefault("XTENSION") == "BINTABLE")
                tables.Add(new(file.Position, (int)Number(header, "NAXIS1", name), Number(header, "NAXIS2", name), Columns(header, name)));
            file.Position += (size + Block - 1) / Block * Block;
        }
        return (primary ?? throw new InvalidDataException($"{name} is empty."), tables);
    }

    private static Dictionary<string, string> Header(Stream file, string name)
    {
        var cards = new Dictionary<string, string>(StringComparer.Ordinal);
        var block = new byte[Block];
        while (true)
        {
            if (file.ReadAtLeast(block, Block, throwOnEndOfStream: false) < Block) throw new InvalidDataException($"{name} ends in the middle of a header.");
            for (var at = 0; at < Block; at += Card)
            {
                var card = Encoding.Latin1.GetString(block, at, Card);
                var key = card[..8].TrimEnd();
                if (key == "END") return cards;
                if (card[8..10] == "= ") cards[key] = Value(card[10..]);
            }
        }
    }

    private static string Value(string field)
    {
        var text = field.Trim();
        if (!text.StartsWith('\'')) return text.Split('/')[0].Trim();
        var end = text.IndexOf('\'', 1);
        return (end < 0 ? text[1..] : text[1..end]).TrimEnd();
    }

    private static long DataSize(Dictionary<string, string> header, string name)
    {
        var axes = Number(header, "NAXIS", name);
        if (axes == 0) return 0;
        long size = Math.Abs(Number(header, "BITPIX", name)) / 8;
        for (var axis = 1; axis <= axes; axis++) size *= Number(header, $"NAXIS{axis}", name);
        return size + (header.ContainsKey("PCOUNT") ? Number(header, "PCOUNT", name) : 0);
    }

    private static Dictionary<string, int> Columns(Dictionary<string, string> header, string name)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var offset = 0;
        for (var column = 1; column <= Number(header, "TFIELDS", name); column++)
        {
            columns[header.GetValueOrDefault($"TTYPE{column}", "").Trim()] = offset;
            var form = header.GetValueOrDefault($"TFORM{column}", "");
            var digits = form.TakeWhile(char.IsAsciiDigit).Count();
            var repeat = digits == 0 ? 1 : int.Parse(form.AsSpan(0, digits), CultureInfo.InvariantCulture);
            offset += repeat * (form.ElementAtOrDefault(digits) switch { 'A' or 'B' or 'L' => 1, 'I' => 2, 'J' or 'E' => 4, 'K' or 'D' => 8, _ => throw new InvalidDataException($"{name}: column format '{form}' is not known.") });
        }
        return columns;
    }

    private static long Number(Dictionary<string, string> header, string key, string name) =>
        long.TryParse(header.GetValueOrDefault(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && (value >= 0 || key == "BITPIX")
            ? value
            : throw new InvalidDataException($"{name}: header keyword {key} is missing or not a number.");
}
