using System.Globalization;
using System.Text;

namespace DataServices.Fits;

/// <summary>
/// Cards as the 80-character records of the FITS standard 4.0 (section 4), with HIERARCH keywords and with long strings by CONTINUE.
/// Own code and not cfitsio's, so that the headers inside raw runs and streams go through the same reader as those of files.
/// </summary>
internal static class FitsCardText
{
    public const int RecordLength = 80;
    private const int LongestKeyword = 48;
    private const int ValueColumn = 10;
    private const int FixedValueEnd = 30;
    private const string ContinuePrefix = "CONTINUE  ";

    public static bool IsHierarch(string keyword) => keyword.Length > 8 || keyword.AsSpan().ContainsAnyExcept(StandardKeywordCharacters);

    private static readonly System.Buffers.SearchValues<char> StandardKeywordCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>The keyword in upper case, or an error that says what is wrong with it.</summary>
    public static string ValidKeyword(string keyword)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        var valid = keyword.Trim().ToUpperInvariant();
        if (valid.StartsWith("HIERARCH ", StringComparison.Ordinal))
            valid = valid["HIERARCH ".Length..].Trim();
        if (valid.Length == 0)
            throw new ArgumentException("A FITS keyword is missing: give 1 to 8 characters A-Z 0-9 - _ (longer ones are written as HIERARCH).", nameof(keyword));
        RequireAscii(valid, $"the FITS keyword '{Printable(valid)}'");
        if (valid.AsSpan().IndexOfAny('=', '\'', '/') >= 0)
            throw new ArgumentException($"The FITS keyword '{valid}' contains '=', an apostrophe or a slash: leave it out.", nameof(keyword));
        if (valid is "END" or "CONTINUE")
            throw new ArgumentException($"{valid} is written by the FITS layer itself and cannot be a card.", nameof(keyword));
        if (IsHierarch(valid) && valid.Length > LongestKeyword)
            throw new ArgumentException($"The FITS keyword '{valid}' has {valid.Length} characters; {LongestKeyword} is the most that leaves room for a value.", nameof(keyword));
        return valid;
    }

    public static void RequireAscii(string text, string what)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                throw new ArgumentException(
                    $"{what} contains the character U+{(int)c:X4}; a FITS header holds printable ASCII only: write it in plain letters.");
            }
        }
    }

    /// <summary>The records of one card, each exactly 80 characters.</summary>
    public static IEnumerable<string> Format(FitsCard card)
    {
        if (card.IsCommentary)
            return FormatCommentary(card.Keyword, card.Comment ?? "");

        var name = card.IsHierarch ? $"HIERARCH {card.Keyword} = " : $"{card.Keyword,-8}= ";
        return card.Value is string text ? FormatString(name, text, card.Comment) : [FormatScalar(name, card)];
    }

    /// <summary>A float always carries a point, so that it is read back as a float.</summary>
    public static string FormatDouble(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('.', StringComparison.Ordinal))
            return text;
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? text + ".0" : text.Insert(exponent, ".0");
    }

    private static string FormatScalar(string name, FitsCard card)
    {
        var value = card.Value switch
        {
            null => "",
            bool flag => flag ? "T" : "F",
            long number => number.ToString(CultureInfo.InvariantCulture),
            double number => FormatDouble(number),
            _ => throw new ArgumentException($"{card.Keyword}: a FITS value is a bool, long, double or string, not {card.Value.GetType().Name}."),
        };
        // HIERARCH has no fixed columns; elsewhere a number ends in column 30 (the standard's fixed format).
        var record = name + (card.IsHierarch ? value : value.PadLeft(FixedValueEnd - ValueColumn));
        if (record.Length > RecordLength)
            throw new ArgumentException($"{card.Keyword}: keyword and value do not fit into one 80-character FITS record: use a shorter keyword.");
        return WithComment(record, card.Comment);
    }

    private static List<string> FormatString(string name, string text, string? comment)
    {
        var quoted = text.Replace("'", "''", StringComparison.Ordinal);
        if (name.Length + quoted.Length + 2 <= RecordLength)
            return [WithComment($"{name}'{quoted.PadRight(8)}'".PadRight(FixedValueEnd), comment)];

        // Every piece but the last ends in '&', which says that a CONTINUE record follows.
        var records = new List<string>();
        for (var rest = quoted; ;)
        {
            var prefix = records.Count == 0 ? name : ContinuePrefix;
            var room = RecordLength - prefix.Length - 2;
            if (rest.Length <= room && records.Count > 0)
            {
                records.Add(WithComment($"{prefix}'{rest}'", comment));
                return records;
            }

            var take = Math.Min(room - 1, rest.Length);
            // A doubled apostrophe must not be torn apart: an odd number of them before the cut means it would be.
            var apostrophes = 0;
            while (apostrophes < take && rest[take - 1 - apostrophes] == '\'')
                apostrophes++;
            if (apostrophes % 2 == 1)
                take--;
            records.Add($"{prefix}'{rest[..take]}&'".PadRight(RecordLength));
            rest = rest[take..];
        }
    }

    private static IEnumerable<string> FormatCommentary(string keyword, string text)
    {
        const int room = RecordLength - 8;
        var start = 0;
        do
        {
            var length = Math.Min(room, text.Length - start);
            yield return $"{keyword,-8}{text.AsSpan(start, length)}".PadRight(RecordLength);
            start += length;
        }
        while (start < text.Length);
    }

    // A comment that does not fit is cut: it explains, it does not carry data.
    private static string WithComment(string record, string? comment)
    {
        var text = string.IsNullOrEmpty(comment) ? record : $"{record} / {comment}";
        return text.Length > RecordLength ? text[..RecordLength] : text.PadRight(RecordLength);
    }

    /// <summary>Whether a card of printable ASCII can be written as it is.</summary>
    public static bool IsWritable(FitsCard card)
    {
        if (card.IsCommentary)
            return card.Value is null;
        if (!IsHierarch(card.Keyword))
            return card.Keyword is not ("END" or "CONTINUE");
        // A hierarchical keyword has its blanks and no fixed columns: it must leave room for the value, and most so for a number.
        return card.Keyword.Length <= LongestKeyword && card.Keyword.AsSpan().IndexOfAny('=', '\'', '/') < 0 && card.Keyword == card.Keyword.Trim()
            && (card.Value is string || $"HIERARCH {card.Keyword} = {card.Value}".Length + 2 <= RecordLength);
    }

    /// <summary>The text with a question mark for whatever is not printable ASCII.</summary>
    public static string Printable(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        var printable = new StringBuilder();
        foreach (var c in text)
            printable.Append(c is < ' ' or > '~' ? '?' : c);
        return printable.ToString();
    }
}
