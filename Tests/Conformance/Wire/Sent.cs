namespace Conformance.Wire;

/// <summary>One request as it goes out.</summary>
/// <param name="Verb">GET, PUT, or a verb that should be refused.</param>
/// <param name="Path">From the server's root.</param>
public sealed record Sent(string Verb, string Path)
{
    /// <summary>Parameters in the query string, in this order.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    /// <summary>Parameters in the body as a form, in this order; null for no body.</summary>
    public IReadOnlyList<(string Name, string Value)>? Form { get; init; }

    /// <summary>The Accept header; null for JSON.</summary>
    public string? Accept { get; init; }

    /// <summary>Path and query as they go into the request line.</summary>
    public string Target => Query.Count == 0 ? Path : $"{Path}?{Encode(Query)}";

    /// <summary>Parameters where the verb wants them.</summary>
    public static Sent Of(string verb, string path, IReadOnlyList<(string Name, string Value)> parameters) =>
        verb == "PUT" ? new Sent(verb, path) { Form = parameters } : new Sent(verb, path) { Query = parameters };

    public static string Encode(IReadOnlyList<(string Name, string Value)> pairs) =>
        string.Join('&', pairs.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));

    /// <summary>The request as a command that can be pasted into a shell.</summary>
    /// <param name="server">The root of the server's URLs.</param>
    /// <param name="options">What curl needs besides to get into the server.</param>
    public string ToCurl(Uri server, IReadOnlyList<string> options)
    {
        var words = new List<string> { "curl" };
        words.AddRange(options);
        if (Verb != "GET" || Form is not null)
            words.Add($"-X {Verb}");
        if (Form is not null)
            words.Add($"-d '{Encode(Form)}'");
        if (Accept is not null)
            words.Add($"-H 'Accept: {Accept}'");
        words.Add($"'{server.GetLeftPart(UriPartial.Authority)}{Target}'");
        return string.Join(' ', words);
    }
}
