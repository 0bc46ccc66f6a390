using System.Globalization;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>A position, J2000.</summary>
/// <param name="RightAscension">Hours, 0 to below 24.</param>
/// <param name="Declination">Degrees, -90 to 90.</param>
public readonly partial record struct SkyPosition(double RightAscension, double Declination)
{
    /// <summary>Reads "hh:mm:ss.ss +dd:mm:ss.ss".</summary>
    public static SkyPosition? TryParse(string? text)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && Sexagesimal(words[0]) is { } ra && ra is >= 0 and < 24 && Sexagesimal(words[1]) is { } dec && dec is >= -90 and <= 90
            ? new SkyPosition(ra, dec)
            : null;
    }

    /// <exception cref="ArgumentException">Says what is wrong with it.</exception>
    public static SkyPosition Parse(string rightAscension, string declination)
    {
        if (Sexagesimal(rightAscension) is not { } ra || ra is not (>= 0 and < 24))
            throw new ArgumentException($"The right ascension \"{rightAscension}\" is not hours from 0 to 24: write for example 21:42:42.79.");
        if (Sexagesimal(declination) is not { } dec || dec is not (>= -90 and <= 90))
            throw new ArgumentException($"The declination \"{declination}\" is not degrees from -90 to 90: write for example +43:35:09.90.");
        return new SkyPosition(ra, dec);
    }

    /// <summary>The site's way: zero padded, hundredths of a second, always a sign of the declination.</summary>
    public override string ToString()
    {
        // Rounded as a whole first, so that 59.999 s becomes the next minute and never "60.00".
        var time = (long)Math.Round(RightAscension * 360000, MidpointRounding.AwayFromZero) % (24 * 360000L);
        var arc = (long)Math.Round(Math.Abs(Declination) * 360000, MidpointRounding.AwayFromZero);
        return $"{Format(time)} {(Declination < 0 ? '-' : '+')}{Format(arc)}";
    }

    private static string Format(long hundredths) => string.Create(
        CultureInfo.InvariantCulture,
        $"{hundredths / 360000:00}:{hundredths / 6000 % 60:00}:{hundredths / 100 % 60:00}.{hundredths % 100:00}");

    private static double? Sexagesimal(string text)
    {
        var match = Shape().Match(text.Trim());
        if (!match.Success)
            return null;
        double Part(string name) => match.Groups[name] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        if (Part("min") >= 60 || Part("sec") >= 60)
            return null;
        var value = Part("whole") + Part("min") / 60 + Part("sec") / 3600;
        return match.Groups["sign"].Value == "-" ? -value : value;
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>\d{1,3}(?:\.\d+)?)(?:[:\s](?<min>\d{1,2}(?:\.\d+)?)(?:[:\s](?<sec>\d{1,2}(?:\.\d*)?))?)?$")]
    private static partial Regex Shape();
}
