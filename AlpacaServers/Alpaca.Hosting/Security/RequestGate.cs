using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>
/// What every request passes before anything looks at it: is it meant for this server, does it come from a page that may, does it have the right credentials.
/// On the usual path, a program on a connection that has been here before, it compares a few references and allocates nothing.
/// </summary>
/// <param name="hosts">The names this server answers to.</param>
/// <param name="origins">The pages that may use it.</param>
/// <param name="credentials">Who may use it; null for everyone.</param>
/// <param name="log">Where the first refusal of each kind is told.</param>
internal sealed class RequestGate(HostNames hosts, OriginCheck origins, CredentialCheck? credentials, ILogger log)
{
    /// <summary>Foreign names and origins that are told; the metrics count the rest.</summary>
    private const int MaximumTold = 50;

    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="RequestRefusedException">The request may not come in; the message says why, and what to set if it should.</exception>
    public void Admit(AlpacaExchange exchange)
    {
        var request = exchange.Http.Request;
        RequireOwnHost(exchange, request);
        if (!origins.IsTrusted(request))
            throw ForeignOrigin(request);
        credentials?.Require(exchange);
    }

    private static string Shown(string text)
    {
        const int Limit = 100;
        var printable = string.Concat(text.Take(Limit).Where(c => !char.IsControl(c)));
        return text.Length <= Limit ? printable : printable + "...";
    }

    private void RequireOwnHost(AlpacaExchange exchange, HttpRequest request)
    {
        // Kestrel gives the same string again as long as a connection's header stays the same. HTTP/1.0 may leave it out; browsers never do.
        var host = request.Headers.Host;
        if (host.Count == 0 || ReferenceEquals(host[0], exchange.KnownHost) || host[0] is not { Length: > 0 } name)
            return;
        if (!hosts.Contains(name))
            throw ForeignHost(Shown(name));
        exchange.KnownHost = name;
    }

    private RequestRefusedException ForeignHost(string name)
    {
        if (IsNew(name))
            HostLog.ForeignHost(log, name);
        return new RequestRefusedException(
            StatusCodes.Status421MisdirectedRequest,
            $"This server does not answer to the name \"{name}\". Use its address or the machine's own name; if the name is right, list it under security.allowed_hosts in the server's configuration.")
        {
            Reason = Refusal.ForeignHost,
        };
    }

    private RequestRefusedException ForeignOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.Count > 0 ? Shown(request.Headers.Origin.ToString()) : "another site";
        if (IsNew(origin))
            HostLog.ForeignOrigin(log, origin);
        return new RequestRefusedException(
            StatusCodes.Status403Forbidden,
            "A web page of another site asked for this; only pages of this server may use its devices. If the page is the observatory's own, list its origin under security.trusted_origins in the server's configuration.")
        {
            Reason = Refusal.ForeignOrigin,
        };
    }

    private bool IsNew(string told)
    {
        lock (_told)
            return _told.Count < MaximumTold && _told.Add(told);
    }
}
