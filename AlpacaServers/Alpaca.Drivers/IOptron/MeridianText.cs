using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Alpaca.Drivers.IOptron;

/// <summary>What happens past the meridian, as people write it: <c>stop 15</c>, <c>flip 10</c>.</summary>
internal static class MeridianText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out MeridianTreatment? treatment)
    {
        treatment = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is not ["stop" or "flip", var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var degrees) || degrees > 90)
            return false;
        treatment = new MeridianTreatment(words[0] == "flip", degrees);
        return true;
    }
}
