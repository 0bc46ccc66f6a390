using System.Globalization;
using System.Text.Json;

namespace DataServices.TelescopeOrg;

/// <summary>Reads the site's JSON, in which numbers mostly are strings and names come in several spellings (ieID, ieid).</summary>
internal static class SiteJson
{
    /// <summary>A member without regard to case; null when it is missing or null.</summary>
    public static JsonElement? Member(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : property.Value;
        }

        return null;
    }

    /// <summary>A member as text; numbers as they are written.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { } value ? AsText(value) : null;

    /// <summary>A member as an integer, also when it is written as a string; null when it is missing or no number.</summary>
    public static long? Integer(this JsonElement element, string name) => element.Member(name) is { } value ? AsInteger(value) : null;

    public static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    public static long? AsInteger(JsonElement value) =>
        AsText(value) is { } text && long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsTrue(this JsonElement value) => AsText(value)?.Trim().ToUpperInvariant() is "1" or "TRUE";
}
