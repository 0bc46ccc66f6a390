using System.Globalization;
using System.Text.RegularExpressions;

namespace Alpaca.Astronomy;

/// <summary>Angles as text, read and written.</summary>
internal static partial class AngleText
{
    private const string Accepted = "Accepted are 05h35m17.3s, -05d23m28s, 83.82 deg, 5.59 h, 1.46 rad, 90 arcsec";

    public static bool TryRead(string? text, AngleUnit? unit, out Angle angle, out string problem)
    {
        angle = default;
        var trimmed = (text ?? "").Trim().Replace('\u2212', '-');
        problem = $"'{trimmed}' is not an angle with a unit. {Accepted}{(unit is null ? "" : ", 12:30:45 and 12 30 45")}.";
        if (Decimal().Match(trimmed) is { Success: true } number)
        {
            if (!Number(number.Groups["value"].Value, out var value)) return false;
            var word = number.Groups["unit"].Value;
            if (word.Length == 0 && unit is null) return false;
            angle = Convert(value, word.Length > 0 ? word : unit == AngleUnit.Hours ? "h" : "d");
            return true;
        }
        var parts = Sexagesimal().Match(trimmed);
        if (!parts.Success) parts = Separated().Match(trimmed);
        if (!parts.Success) return false;
        var first = parts.Groups["unit"].Value;
        if (first.Length == 0)
        {
            if (unit is null) return false;
            first = unit == AngleUnit.Hours ? "h" : "d";
        }
        if (!Number(parts.Groups["a"].Value, out var whole)) return false;
        double minutes = 0, seconds = 0;
        if (parts.Groups["b"].Success && !Number(parts.Groups["b"].Value, out minutes)) return false;
        if (parts.Groups["c"].Success && !Number(parts.Groups["c"].Value, out seconds)) return false;
        if (minutes >= 60 || seconds >= 60)
        {
            problem = $"'{trimmed}' has 60 or more minutes or seconds.";
            return false;
        }
        // The sign belongs to the whole, also when the degrees are zero.
        var size = whole + (minutes / 60) + (seconds / 3600);
        angle = Convert(parts.Groups["sign"].Value == "-" ? -size : size, first);
        return true;
    }

    public static string Write(double value, int decimals, string? separator, string unit, bool signed, int wholeDigits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 9);
        var scale = (long)Math.Pow(10, decimals);
        var units = (long)Math.Round(Math.Abs(value) * 3600 * scale, MidpointRounding.AwayFromZero);
        var whole = units / (3600 * scale);
        var minutes = units / (60 * scale) % 60;
        var seconds = units % (60 * scale) / (decimal)scale;
        var sign = value < 0 && units > 0 ? "-" : signed ? "+" : "";
        var s = seconds.ToString(decimals == 0 ? "00" : "00." + new string('0', decimals), CultureInfo.InvariantCulture);
        var h = whole.ToString(new string('0', wholeDigits), CultureInfo.InvariantCulture);
        return separator is null ? $"{sign}{h}{unit}{minutes:00}m{s}s" : $"{sign}{h}{separator}{minutes:00}{separator}{s}";
    }

    private static Angle Convert(double value, string unit) => unit[0] switch
    {
        'h' => Angle.FromHours(value),
        'r' => Angle.FromRadians(value),
        'd' or '°' => Angle.FromDegrees(value),
        '"' or '″' => Angle.FromArcseconds(value),
        '\'' or '′' => Angle.FromArcseconds(value * 60),
        _ => Angle.FromArcseconds(unit.StartsWith("arcm", StringComparison.Ordinal) ? value * 60 : value),
    };

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    [GeneratedRegex("""^(?<value>[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)\s*(?<unit>h|hours?|hourangle|d|deg|degrees?|°|rad|radians?|arcmin|arcminutes?|'|′|arcsec|arcseconds?|"|″)?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex("""^(?<sign>[+-])?\s*(?<a>\d+)\s*(?<unit>h|d|deg|°)\s*((?<b>\d+)\s*[m'′]\s*((?<c>\d+\.?\d*|\.\d+)\s*[s"″]?)?|(?<b>\d+\.\d*)\s*[m'′]|(?<b>\d+)\s*)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Sexagesimal();

    [GeneratedRegex("""^(?<unit>)(?<sign>[+-])?(?<a>\d+)(\s*:\s*|\s+)((?<b>\d+)(\s*:\s*|\s+)(?<c>\d+\.?\d*)|(?<b>\d+\.?\d*))$""", RegexOptions.CultureInvariant)]
    private static partial Regex Separated();
}
