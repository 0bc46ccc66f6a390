using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// Keeps foreign web pages from using the observatory through a visitor's browser. Browsers say where a request comes from, in Origin and Sec-Fetch-Site; Alpaca clients send neither.
/// A page of this server has the same host in Origin and Host, and <see cref="HostNames"/> has made sure that the host is really this server.
/// </summary>
/// <param name="trustedOrigins">More origins to trust, for example <c>https://observatory.example.org</c> behind a proxy.</param>
internal sealed class OriginCheck(IReadOnlyList<string> trustedOrigins)
{
    private const string Site = "Sec-Fetch-Site";

    /// <summary>
    /// Whether the request comes from here, from a program, or from a trusted page. Following a link to here is always fine: the reply is shown to the person, not to the page.
    /// </summary>
    public bool IsTrusted(HttpRequest request)
    {
        var headers = request.Headers;
        var origin = headers.Origin;
        if (origin.Count > 0)
        {
            var page = origin.ToString();
            return IsOwn(page, request.Host.Value) || trustedOrigins.Contains(page, StringComparer.OrdinalIgnoreCase);
        }

        var site = headers[Site];
        if (site.Count == 0 || site[0] is "same-origin" or "none")
            return true;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && (site[0] == "same-site" || headers["Sec-Fetch-Mode"] is ["navigate"]);
    }

    private static bool IsOwn(string origin, string? host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, host, StringComparison.OrdinalIgnoreCase);
}
