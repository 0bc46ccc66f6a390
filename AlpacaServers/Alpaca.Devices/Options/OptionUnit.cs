using System.Globalization;

namespace Alpaca.Devices.Options;

/// <summary>Units of options. Those of one family convert into each other; any other unit is only ever itself.</summary>
public static class OptionUnit
{
    private static readonly Dictionary<string, double>[] s_families =
    [
        new(StringComparer.Ordinal) { ["us"] = 1e-6, ["ms"] = 1e-3, ["s"] = 1, ["min"] = 60, ["h"] = 3600, ["d"] = 86400 },
        new(StringComparer.Ordinal) { ["arcsec"] = 1d / 3600, ["arcmin"] = 1d / 60, ["deg"] = 1, ["rad"] = 180 / Math.PI },
        new(StringComparer.Ordinal) { ["arcsec/s"] = 1d / 3600, ["arcmin/s"] = 1d / 60, ["deg/s"] = 1, ["deg/min"] = 1d / 60 },
        new(StringComparer.Ordinal) { ["nm"] = 1e-9, ["um"] = 1e-6, ["mm"] = 1e-3, ["cm"] = 1e-2, ["m"] = 1, ["km"] = 1e3 },
        new(StringComparer.Ordinal) { ["mm/s"] = 1e-3, ["m/s"] = 1, ["km/h"] = 1 / 3.6 },
        new(StringComparer.Ordinal) { ["Pa"] = 1e-2, ["hPa"] = 1, ["mbar"] = 1, ["kPa"] = 10 },
        new(StringComparer.Ordinal) { ["mV"] = 1e-3, ["V"] = 1 },
        new(StringComparer.Ordinal) { ["mA"] = 1e-3, ["A"] = 1 },
        new(StringComparer.Ordinal) { ["Hz"] = 1, ["kHz"] = 1e3, ["MHz"] = 1e6 },
        new(StringComparer.Ordinal) { ["kB"] = 1e3, ["MB"] = 1e6, ["GB"] = 1e9 },
    ];

    private static readonly Dictionary<string, string> s_spellings = new(StringComparer.Ordinal)
    {
        ["sec"] = "s",
        ["second"] = "s",
        ["seconds"] = "s",
        ["minute"] = "min",
        ["minutes"] = "min",
        ["hour"] = "h",
        ["hours"] = "h",
        ["day"] = "d",
        ["days"] = "d",
        ["µs"] = "us",
        ["°"] = "deg",
        ["degree"] = "deg",
        ["degrees"] = "deg",
        ["°/s"] = "deg/s",
        ["\""] = "arcsec",
        ["'"] = "arcmin",
        ["µm"] = "um",
        ["micron"] = "um",
        ["microns"] = "um",
        ["°C"] = "C",
        ["degC"] = "C",
        ["percent"] = "%",
        ["step"] = "steps",
        ["pixel"] = "pixels",
    };

    /// <summary>Reads a number with or without a unit.</summary>
    /// <param name="text"><c>120</c>, <c>120 s</c>, <c>2 min</c>, <c>-10°C</c>.</param>
    /// <param name="unit">The unit wanted, which a number alone is taken to have; null if there is none.</param>
    /// <param name="value">In that unit.</param>
    /// <returns>False if it is not a finite number, or of a unit that does not fit.</returns>
    public static bool TryRead(string text, string? unit, out double value)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.AsSpan().Trim();
        var end = NumberLength(trimmed);
        if (!double.TryParse(trimmed[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
            return false;
        var written = trimmed[end..].Trim();
        if (written.IsEmpty)
            return true;
        if (unit is null || FactorBetween(Normal(written.ToString()), unit) is not { } factor)
            return false;

        // The decimal digits people write stay what they are: 100 ms is 0.1 s, not 0.1000000000000000055 s.
        value = factor >= 1 ? value * factor : value / Math.Round(1 / factor, 9);
        return true;
    }

    /// <summary>The units a number may be given in instead of <paramref name="unit"/>, itself included; empty without a unit.</summary>
    public static IReadOnlyList<string> Convertible(string? unit) =>
        unit is null ? [] : s_families.FirstOrDefault(f => f.ContainsKey(unit)) is { } family ? [.. family.Keys] : [unit];

    private static double? FactorBetween(string from, string to)
    {
        if (from == to)
            return 1;
        foreach (var family in s_families)
        {
            if (family.TryGetValue(from, out var source) && family.TryGetValue(to, out var target))
                return source / target;
        }

        return null;
    }

    private static string Normal(string written) => s_spellings.GetValueOrDefault(written, written);

    /// <summary>How many characters belong to the number: an exponent only if digits follow, since a unit may begin with e.</summary>
    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var i = 0;
        if (i < text.Length && text[i] is '+' or '-')
            i++;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.'))
            i++;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var j = i + 1;
            if (j < text.Length && text[j] is '+' or '-')
                j++;
            if (j < text.Length && char.IsAsciiDigit(text[j]))
            {
                while (j < text.Length && char.IsAsciiDigit(text[j]))
                    j++;
                i = j;
            }
        }

        return i;
    }
}
