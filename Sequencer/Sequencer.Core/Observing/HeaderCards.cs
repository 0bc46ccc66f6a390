using System.Globalization;
using System.Text;
using DataServices.Fits;

namespace Sequencer.Core.Observing;

/// <summary>Fills a header and leaves out what is not known: no NaN, no empty text, nothing but ASCII.</summary>
internal sealed class HeaderCards
{
    public FitsHeader Header { get; } = new();

    public HeaderCards Add(string keyword, string? value, string comment)
    {
        if (!string.IsNullOrWhiteSpace(value)) Header.Set(keyword, Ascii(value.Trim()), comment);
        return this;
    }

    public HeaderCards Add(string keyword, double? value, string comment, int decimals)
    {
        if (value is { } number && double.IsFinite(number)) Header.Set(keyword, Math.Round(number, decimals), comment);
        return this;
    }

    public HeaderCards Add(string keyword, int? value, string comment)
    {
        if (value is { } number) Header.Set(keyword, number, comment);
        return this;
    }

    public HeaderCards Add(string keyword, bool value, string comment)
    {
        Header.Set(keyword, value, comment);
        return this;
    }

    /// <summary>ISO 8601 with milliseconds and without zone, as FITS wants it; the clock time of the value's own offset.</summary>
    public HeaderCards Add(string keyword, DateTimeOffset? time, string comment) =>
        Add(keyword, time?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture), comment);

    /// <summary>Modified Julian date, UTC, to 0.9 ms.</summary>
    public HeaderCards AddMjd(string keyword, DateTimeOffset time, string comment) =>
        Add(keyword, (time.UtcDateTime - DateTime.UnixEpoch).TotalDays + 40587, comment, 8);

    /// <summary>Accents off, whatever else is not ASCII replaced: FITS knows nothing else.</summary>
    private static string Ascii(string text)
    {
        if (text.All(letter => letter is >= ' ' and <= '~')) return text;
        var ascii = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) continue;
            ascii.Append(letter is >= ' ' and <= '~' ? letter : '?');
        }

        return ascii.ToString();
    }
}
