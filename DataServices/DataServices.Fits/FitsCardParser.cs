using System.Globalization;
using System.Text;

namespace DataServices.Fits;

/// <summary>Reads 80-character header records; lenient, because the files of others must be readable.</summary>
internal static class FitsCardParser
{
    /// <summary>Turns records into cards. A string that ends in '&amp;' goes on in the CONTINUE records behind it.</summary>
    public static List<FitsCard> Parse(IEnumerable<string> records)
    {
        var cards = new List<FitsCard>();
        string? open = null;
        foreach (var read in records)
        {
            var record = FitsCardText.Printable(read);
            if (open is not null && record.StartsWith("CONTINUE", StringComparison.Ordinal)
                && ParseValue(record[8..], out var piece, out var comment) && piece is string more)
            {
                open = open[..^1] + more;
                var first = cards[^1];
                var comments = string.Join(' ', new[] { first.Comment, comment }.Where(text => !string.IsNullOrEmpty(text)));
                cards[^1] = first with { Value = open, Comment = comments.Length > 0 ? comments : null };
            }
            else
            {
                var card = ParseOne(record);
                // What could not be written again is kept as a remark, so that a header that was read can always go into another file.
                cards.Add(FitsCardText.IsWritable(card) ? card : new FitsCard("COMMENT", null, record.TrimEnd()));
                open = cards[^1].Value as string;
            }

            if (open is not null && !open.EndsWith('&'))
                open = null;
        }

        return cards;
    }

    private static FitsCard ParseOne(string record)
    {
        record = record.PadRight(FitsCardText.RecordLength);
        if (record.StartsWith("HIERARCH ", StringComparison.Ordinal))
        {
            var equals = record.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                return WithValue(record[9..equals].Trim().ToUpperInvariant(), record[(equals + 1)..]);
        }

        var keyword = record[..8].TrimEnd().ToUpperInvariant();
        return record[8..10] == "= " && keyword is not ("COMMENT" or "HISTORY" or "")
            ? WithValue(keyword, record[10..])
            : new FitsCard(keyword, null, record[8..].TrimEnd());
    }

    private static FitsCard WithValue(string keyword, string text)
    {
        ParseValue(text, out var value, out var comment);
        return new FitsCard(keyword, value, comment);
    }

    private static bool ParseValue(string text, out object? value, out string? comment)
    {
        text = text.Trim();
        if (text.StartsWith('\''))
            return ParseString(text, out value, out comment);

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        comment = slash < 0 ? null : NullIfEmpty(text[(slash + 1)..].Trim());
        var raw = (slash < 0 ? text : text[..slash]).Trim();
        value = raw switch
        {
            "" => null,
            "T" => true,
            "F" => false,
            _ when long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            // FITS allows 'D' for the exponent of a double.
            _ when double.TryParse(raw.Replace('D', 'E'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => raw,
        };
        return true;
    }

    private static bool ParseString(string text, out object? value, out string? comment)
    {
        var content = new StringBuilder();
        var i = 1;
        for (; i < text.Length; i++)
        {
            if (text[i] != '\'')
                content.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '\'')
                content.Append(text[i++]);
            else
                break;
        }

        var rest = i + 1 < text.Length ? text[(i + 1)..].Trim() : "";
        comment = rest.StartsWith('/') ? NullIfEmpty(rest[1..].Trim()) : null;
        // Blanks at the end of a string carry no meaning (standard 4.2.1).
        value = content.ToString().TrimEnd(' ');
        return true;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
