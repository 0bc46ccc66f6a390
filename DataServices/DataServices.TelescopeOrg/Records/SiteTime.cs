using System.Globalization;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>A time cell of the site, for example "Mon, week 47, 18 November 2024 (05:41:09 UTC)".</summary>
/// <param name="Text">The cell as it is.</param>
/// <param name="Utc">The time, or null when the text is not understood.</param>
public sealed partial record SiteTime(string Text, DateTimeOffset? Utc)
{
    private static readonly Dictionary<string, double> _zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["UT"] = 0,
        ["Z"] = 0,
        ["WET"] = 0,
        [""] = 0,
        ["BST"] = 1,
        ["WEST"] = 1,
        ["CET"] = 1,
        ["CEST"] = 2,
    };

    /// <summary>Day, month name, year, time and zone, wherever they stand in the text; null for no text.</summary>
    public static SiteTime? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var match = Shape().Match(text);
        if (!match.Success)
            return new SiteTime(text, null);
        var moment = $"{match.Groups["day"].Value} {match.Groups["month"].Value[..3]} {match.Groups["year"].Value} {match.Groups["time"].Value}";
        string[] formats = ["d MMM yyyy H:mm:ss", "d MMM yyyy H:mm"];
        if (!_zones.TryGetValue(match.Groups["zone"].Value, out var hours)
            || !DateTime.TryParseExact(moment, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return new SiteTime(text, null);
        return new SiteTime(text, new DateTimeOffset(local, TimeSpan.FromHours(hours)).ToUniversalTime());
    }

    [GeneratedRegex(@"(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?<month>[A-Za-z]{3,9})\.?,?\s+(?<year>\d{4})[\s,]*\(?\s*(?<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?<zone>[A-Za-z]{0,5})")]
    private static partial Regex Shape();
}
