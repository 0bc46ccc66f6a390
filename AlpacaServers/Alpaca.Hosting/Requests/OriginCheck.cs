using System.Net;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// Keeps foreign web pages from commanding the observatory through a visitor's browser. Browsers send Origin with every request that changes something; Alpaca clients send none.
/// A page is trusted if it came from this server, under a name that only this server has: the same host in Origin and Host is not enough, since a stranger's name may point here (DNS rebinding).
/// </summary>
/// <param name="trustedOrigins">More origins to trust, for example <c>https://observatory.example.org</c> behind a proxy.</param>
internal sealed class OriginCheck(IReadOnlyList<string> trustedOrigins)
{
    /// <exception cref="RequestRefusedException">The request comes from a page of another site.</exception>
    public void Require(HttpRequest request)
    {
        var header = request.Headers.Origin;
        if (header.Count == 0)
            return;
        var origin = header.ToString();
        if (!IsOwn(origin, request.Host.Value) && !trustedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            throw new RequestRefusedException(
                StatusCodes.Status403Forbidden,
                "A web page of another site asked for this; only pages of this server may command its devices. Trusted origins are set in the server's configuration.");
        }
    }

    private static bool IsOwn(string origin, string? host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && string.Equals(page.Authority, host, StringComparison.OrdinalIgnoreCase)
        && IsOwnName(page);

    private static bool IsOwnName(Uri page)
    {
        var name = page.DnsSafeHost;
        return IPAddress.TryParse(name, out _)
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            || name.Equals(Environment.MachineName + ".local", StringComparison.OrdinalIgnoreCase);
    }
}
