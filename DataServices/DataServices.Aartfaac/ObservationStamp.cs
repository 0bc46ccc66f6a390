using System.Globalization;

namespace DataServices.Aartfaac;

/// <summary>Reads DATE-OBS strictly: <c>yyyy-MM-ddTHH:mm:ss[.f...][Z|+hh:mm]</c>, UTC when no zone is given.</summary>
public static class ObservationStamp
{
    private const int WholeLength = 19;

    /// <summary>The moment in UTC, to 100 ns; false when the text is anything else.</summary>
    public static bool TryParse(string text, out DateTimeOffset stamp)
    {
        ArgumentNullException.ThrowIfNull(text);
        stamp = default;
        if (text.Length < WholeLength
            || !DateTime.TryParseExact(text[..WholeLength], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var whole))
            return false;
        var rest = text.AsSpan(WholeLength);
        long ticks = 0;
        if (rest.StartsWith("."))
        {
            var digits = 1;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
                digits++;
            if (digits is 1 or > 10)
                return false;
            ticks = long.Parse(rest[1..digits].ToString().PadRight(9, '0'), CultureInfo.InvariantCulture) / 100;
            rest = rest[digits..];
        }

        if (!TryParseZone(rest, out var zone))
            return false;
        var utc = whole.Ticks + ticks - zone.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;
        stamp = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    /// <summary>The stamp as text: seconds, a fraction only where there is one, and Z.</summary>
    public static string Format(DateTimeOffset stamp) => stamp.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z";

    private static bool TryParseZone(ReadOnlySpan<char> text, out TimeSpan zone)
    {
        zone = TimeSpan.Zero;
        if (text.Length == 0 || text is "Z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || hours > 14 || minutes > 59)
            return false;
        zone = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
