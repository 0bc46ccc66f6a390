using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>
/// Lets in who shows a credential, as Bearer token or by Basic authentication. Hashes are compared, all of them and in constant time, and nothing is allocated.
/// </summary>
/// <param name="credentials">Who may come in.</param>
/// <param name="attempts">Slows guessers down.</param>
/// <param name="log">Where wrong credentials are told; never the credentials themselves.</param>
internal sealed class CredentialCheck(IReadOnlyList<ClientCredential> credentials, AttemptLimiter attempts, ILogger log)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>The longest secret that is looked at, bytes.</summary>
    private const int Longest = 1024;

    /// <exception cref="RequestRefusedException">401 without right credentials, 429 after too many wrong ones, 403 for who may only read and wants more.</exception>
    public void Require(AlpacaExchange exchange)
    {
        var request = exchange.Http.Request;
        if (IsOpen(request.Path.Value))
            return;
        var given = request.Headers.Authorization;
        if (given.Count == 0)
            throw Unauthenticated("This server wants credentials: a Bearer token, or name and password by Basic authentication. Who may use it is in the file that security.credentials names.", Refusal.NoCredentials, exchange);
        var match = given.Count == 1 ? Match(given[0]) : -1;
        if (match < 0 || exchange.Credential != match)
            RequireNew(exchange, match);
        if (!credentials[match].MayControl && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            throw new RequestRefusedException(
                StatusCodes.Status403Forbidden, $"The credentials of {credentials[match].Name} may only read. Take others, or remove the word read from their line in the server's file.")
            {
                Reason = Refusal.ReadOnly,
            };
        }
    }

    /// <summary>What says so little that everyone may know it: which versions of the API there are, and that the process answers.</summary>
    private static bool IsOpen(string? path) => path is "/management/apiversions" or ObservationPages.LivePath;

    private static RequestRefusedException Unauthenticated(string message, Refusal reason, AlpacaExchange exchange)
    {
        exchange.Http.Response.Headers.WWWAuthenticate = new(["Basic realm=\"Alpaca\", charset=\"UTF-8\"", "Bearer realm=\"Alpaca\""]);
        return new RequestRefusedException(StatusCodes.Status401Unauthorized, message) { Reason = reason };
    }

    private void RequireNew(AlpacaExchange exchange, int match)
    {
        var address = exchange.Http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (match >= 0 && attempts.Admit(address, match))
        {
            exchange.Credential = match;
            return;
        }

        exchange.Credential = -1;
        var failures = attempts.Fail(address);
        if (failures > AttemptLimiter.Burst)
        {
            exchange.Http.Response.Headers.RetryAfter = "60";
            throw new RequestRefusedException(
                StatusCodes.Status429TooManyRequests, "Too many wrong credentials came from your address. Wait a minute, and check the token or password.")
            {
                Reason = Refusal.TooManyAttempts,
            };
        }

        if (failures == 1)
            HostLog.WrongCredentials(log, address);
        else if (failures == AttemptLimiter.Burst)
            HostLog.TooManyAttempts(log, address);
        throw Unauthenticated("The credentials are not right. Check the token, or name and password.", Refusal.WrongCredentials, exchange);
    }

    /// <summary>The place of the credential that a header shows; -1 if it shows none of them.</summary>
    private int Match(ReadOnlySpan<char> header)
    {
        Span<byte> shown = stackalloc byte[Longest];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        int length;
        var isBasic = header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase);
        if (isBasic)
        {
            if (!Convert.TryFromBase64Chars(header[Basic.Length..].Trim(), shown, out length))
                return -1;
        }
        else if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || !Encoding.UTF8.TryGetBytes(header[Bearer.Length..].Trim(), shown, out length))
        {
            return -1;
        }

        SHA256.HashData(shown[..length], hash);
        CryptographicOperations.ZeroMemory(shown[..length]);
        var match = -1;
        for (var i = 0; i < credentials.Count; i++)
        {
            var expected = isBasic ? credentials[i].BasicHash : credentials[i].BearerHash;
            if (CryptographicOperations.FixedTimeEquals(hash, expected.Span))
                match = i;
        }

        return match;
    }
}
