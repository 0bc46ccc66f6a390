using System.Text.Json;

namespace Emulators.TelescopeOrg;

/// <summary>One request to the fake site.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Page, without the leading slash.</param>
/// <param name="Query">Query with its question mark, or empty.</param>
/// <param name="Form">The form's fields in order, as [name, value]; passwords masked.</param>
/// <param name="Cookie">Whether it came with the cookie of a session.</param>
/// <param name="Agent">Its User-Agent.</param>
/// <param name="Milliseconds">When it came, since the site began.</param>
public sealed record SiteLogEntry(string Method, string Path, string Query, IReadOnlyList<string[]> Form, bool Cookie, string Agent, double Milliseconds)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The first value of a field, or null.</summary>
    public string? Field(string name) => Form.FirstOrDefault(field => field[0] == name)?[1];
}
