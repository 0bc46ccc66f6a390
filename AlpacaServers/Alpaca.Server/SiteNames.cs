using System.Globalization;
using Alpaca.Astronomy;

namespace Alpaca.Server;

/// <summary>Observatory sites by name.</summary>
internal static class SiteNames
{
    private static readonly Dictionary<string, Site> Sites = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mauna-loa"] = Simulators.SimulationOptions.MaunaLoa,
        ["mauna-kea"] = Site.FromDegrees("Mauna Kea", 19.826, -155.472, 4205),
        ["la-palma"] = Site.FromDegrees("La Palma", 28.762, -17.878, 2396),
        ["siding-spring"] = Site.FromDegrees("Siding Spring", -31.273, 149.061, 1165),
        ["paranal"] = Site.FromDegrees("Paranal", -24.627, -70.404, 2635),
        ["kitt-peak"] = Site.FromDegrees("Kitt Peak", 31.958, -111.598, 2096),
        ["sutherland"] = Site.FromDegrees("Sutherland", -32.376, 20.811, 1798),
        ["greenwich"] = Site.FromDegrees("Greenwich", 51.478, 0, 46),
    };

    /// <summary>Reads a name, or latitude, longitude and elevation joined by commas.</summary>
    public static Site Parse(string text)
    {
        if (Sites.TryGetValue(text.Trim().Replace(' ', '-'), out var site))
            return site;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = parts.Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToArray();
        if (numbers.Length is not (2 or 3) || numbers.Any(double.IsNaN))
            throw new FormatException($"\"{text}\" is not a site. Give latitude,longitude,elevation (degrees, degrees, metres), or one of {string.Join(", ", Sites.Keys)}.");
        try
        {
            return Site.FromDegrees("site", numbers[0], numbers[1], numbers.Length == 3 ? numbers[2] : 0);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
