namespace DataServices.TelescopeOrg;

/// <summary>One request to the site.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Relative to the base URL, with the query.</param>
/// <param name="Form">Fields of the form in order, names may repeat; null for none.</param>
/// <param name="Repeatable">Whether sending it twice does no harm, so that it may be retried.</param>
/// <param name="Body">Makes the body of a POST that is no form; it is made anew for every try.</param>
internal sealed record SiteCall(
    HttpMethod Method, string Path, IReadOnlyList<KeyValuePair<string, string>>? Form = null, bool Repeatable = true, Func<HttpContent>? Body = null)
{
    /// <summary>Fields may hold the password: they are never printed.</summary>
    public override string ToString() => $"{Method} {Path}";
}
