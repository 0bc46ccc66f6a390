using System.Collections;
using System.Text;

namespace DataServices.Fits;

/// <summary>
/// The cards of one HDU in order. Keywords are compared without regard to case. Everything is validated when it is set, so that a
/// header which exists can be written.
/// </summary>
public sealed class FitsHeader : IReadOnlyList<FitsCard>
{
    private readonly List<FitsCard> _cards = [];

    public FitsHeader()
    {
    }

    /// <summary>A header with the given cards, validated.</summary>
    public FitsHeader(IEnumerable<FitsCard> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        foreach (var card in cards)
            Add(card);
    }

    public int Count => _cards.Count;

    public FitsCard this[int index] => _cards[index];

    /// <summary>The first card of a keyword, or null.</summary>
    public FitsCard? this[string keyword] => _cards.Find(card => card.Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads 80-byte records up to END or the end of the bytes, from wherever they come (a file, a raw run, a stream).</summary>
    public static FitsHeader Parse(ReadOnlySpan<byte> records)
    {
        var lines = new List<string>();
        for (; records.Length > 0; records = records[Math.Min(FitsCardText.RecordLength, records.Length)..])
        {
            var line = Encoding.Latin1.GetString(records[..Math.Min(FitsCardText.RecordLength, records.Length)]);
            if (line.TrimEnd() == "END")
                break;
            lines.Add(line);
        }

        return FromRecords(lines);
    }

    /// <summary>Sets a logical value; replaces the card of that keyword in its place, or appends one.</summary>
    public FitsHeader Set(string keyword, bool value, string? comment = null) => SetCard(keyword, value, comment);

    /// <inheritdoc cref="Set(string, bool, string?)"/>
    public FitsHeader Set(string keyword, int value, string? comment = null) => SetCard(keyword, (long)value, comment);

    /// <inheritdoc cref="Set(string, bool, string?)"/>
    public FitsHeader Set(string keyword, long value, string? comment = null) => SetCard(keyword, value, comment);

    /// <inheritdoc cref="Set(string, bool, string?)"/>
    /// <exception cref="ArgumentException">NaN or infinite: FITS has no way to write it, so the card is to be omitted.</exception>
    public FitsHeader Set(string keyword, double value, string? comment = null) => SetCard(keyword, value, comment);

    /// <inheritdoc cref="Set(string, bool, string?)"/>
    /// <remarks>Strings longer than a record are continued (CONTINUE). Trailing blanks are not kept.</remarks>
    public FitsHeader Set(string keyword, string value, string? comment = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return SetCard(keyword, value, comment);
    }

    /// <summary>Appends a COMMENT; long text takes several records.</summary>
    public FitsHeader AddComment(string text) => Add(new FitsCard("COMMENT", null, text));

    /// <summary>Appends a HISTORY; long text takes several records.</summary>
    public FitsHeader AddHistory(string text) => Add(new FitsCard("HISTORY", null, text));

    /// <summary>Appends a card as it is, even when the keyword is there already.</summary>
    public FitsHeader Add(FitsCard card)
    {
        _cards.Add(Validated(card));
        return this;
    }

    /// <summary>Sets every card of another header here: values replace those of the same keyword, commentary is appended.</summary>
    public FitsHeader Merge(FitsHeader other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var card in other)
            _ = card.IsCommentary ? Add(card) : SetCard(card.Keyword, card.Value, card.Comment);
        return this;
    }

    /// <summary>Removes every card of a keyword and says whether there was one.</summary>
    public bool Remove(string keyword) => _cards.RemoveAll(card => card.Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase)) > 0;

    public bool Contains(string keyword) => this[keyword] is not null;

    /// <summary>The value as text, or null when the keyword is missing or is not a string.</summary>
    public string? Text(string keyword) => this[keyword]?.Value as string;

    /// <summary>The value as a number (integers included), or null when the keyword is missing or is not a number.</summary>
    public double? Number(string keyword) => this[keyword]?.Value switch
    {
        double number => number,
        long number => number,
        _ => null,
    };

    /// <summary>The value as an integer, or null when the keyword is missing or is not an integer.</summary>
    public long? Integer(string keyword) => this[keyword]?.Value as long?;

    /// <summary>The value as a logical, or null when the keyword is missing or is not a logical.</summary>
    public bool? Flag(string keyword) => this[keyword]?.Value as bool?;

    /// <summary>The header as 80-character records, without END.</summary>
    public IEnumerable<string> Records() => _cards.SelectMany(FitsCardText.Format);

    /// <summary>The header as bytes, ended by END and filled with blanks to whole blocks of 2880 bytes.</summary>
    public byte[] ToBytes()
    {
        var text = string.Concat(Records()) + "END";
        const int block = 2880;
        return Encoding.ASCII.GetBytes(text.PadRight((text.Length + block - 1) / block * block));
    }

    public IEnumerator<FitsCard> GetEnumerator() => _cards.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // What comes from a file is taken as it is, even where it breaks a rule that is enforced on what we write.
    internal static FitsHeader FromRecords(IEnumerable<string> records) => FromCards(FitsCardParser.Parse(records));

    internal static FitsHeader FromCards(IEnumerable<FitsCard> cards)
    {
        var header = new FitsHeader();
        header._cards.AddRange(cards);
        return header;
    }

    private FitsHeader SetCard(string keyword, object? value, string? comment)
    {
        var card = Validated(new FitsCard(keyword, value, comment));
        var index = _cards.FindIndex(other => other.Keyword == card.Keyword);
        if (index >= 0 && !card.IsCommentary)
            _cards[index] = card;
        else
            _cards.Add(card);
        return this;
    }

    private static FitsCard Validated(FitsCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (!card.IsCommentary)
            card = card with { Keyword = FitsCardText.ValidKeyword(card.Keyword) };
        if (card.IsCommentary && card.Value is not null)
            throw new ArgumentException($"{card.Keyword} holds text, not a value: use AddComment or AddHistory.");
        if (card.Comment is not null)
            FitsCardText.RequireAscii(card.Comment, $"{card.Keyword}: the comment");
        if (card.Value is string text)
            FitsCardText.RequireAscii(text, $"{card.Keyword}: the value");
        if (card.Value is double number && !double.IsFinite(number))
            throw new ArgumentException($"{card.Keyword}: {number} cannot be written in a FITS header: omit the keyword when the value is not known.");
        // Formatting finds what is left to find: a value type FITS does not have, a keyword too long for its value.
        foreach (var _ in FitsCardText.Format(card))
        {
        }

        return card;
    }
}
