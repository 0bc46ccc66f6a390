namespace Alpaca.Client;

/// <summary>
/// What became of asking an address for its devices. Discovery cannot say whether a server speaks http or https, so an address that makes no sense by http is tried by https.
/// </summary>
/// <param name="Address">The root at which the server was found to answer, or, if it was not, the one asked.</param>
/// <param name="Server">What it is; null if it cannot be used.</param>
/// <param name="Failure">Why it cannot be used.</param>
/// <param name="Fingerprint">The fingerprint of its certificate, if it was asked by http and speaks https.</param>
public sealed record ServerInquiry(Uri Address, AlpacaServer? Server, AlpacaLinkException? Failure, string? Fingerprint)
{
    private const int Unauthorized = 401;
    private static readonly TimeSpan s_handshake = TimeSpan.FromSeconds(3);

    /// <summary>Whether it asks for credentials, or for others than those it was shown.</summary>
    public bool AsksForCredentials => Failure?.HttpStatus == Unauthorized;

    /// <summary>Asks. Credentials are only shown to a server that asks for them, and never by http to one that speaks https.</summary>
    public static async Task<ServerInquiry> AskAsync(Uri address, AlpacaClientOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        var first = await ReadAsync(address, options, cancel);
        if (first.Failure is null || address.Scheme != Uri.UriSchemeHttp || !MaySpeakTls(first.Failure)
            || await TlsInquiry.FingerprintAsync(address, s_handshake, cancel) is not { } fingerprint)
        {
            return first;
        }

        var secure = new UriBuilder(address) { Scheme = Uri.UriSchemeHttps }.Uri;
        return await ReadAsync(secure, options, cancel) with { Fingerprint = fingerprint };
    }

    /// <summary>A server that speaks TLS hangs up on plain HTTP, or tells so with an error of some kind.</summary>
    private static bool MaySpeakTls(AlpacaLinkException failure) =>
        failure.Kind is LinkFailure.BrokenReply or LinkFailure.InvalidReply or LinkFailure.ContentType or LinkFailure.Timeout || failure.HttpStatus is 400 or 403 or 426 or (>= 300 and < 400);

    private static async Task<ServerInquiry> ReadAsync(Uri address, AlpacaClientOptions options, CancellationToken cancel)
    {
        if (address.Scheme == Uri.UriSchemeHttp)
            options = options with { CertificateFingerprint = null };
        try
        {
            using var stranger = new AlpacaConnection(address, options with { Credential = null });
            return new(address, await AlpacaServer.ReadAsync(stranger, cancel), null, null);
        }
        catch (AlpacaLinkException e) when (e.HttpStatus != Unauthorized || options.Credential is null)
        {
            return new(address, null, e, null);
        }
        catch (AlpacaLinkException)
        {
            return await ReadWithCredentialAsync(address, options, cancel);
        }
    }

    private static async Task<ServerInquiry> ReadWithCredentialAsync(Uri address, AlpacaClientOptions options, CancellationToken cancel)
    {
        try
        {
            using var connection = new AlpacaConnection(address, options);
            return new(address, await AlpacaServer.ReadAsync(connection, cancel), null, null);
        }
        catch (AlpacaLinkException e)
        {
            return new(address, null, e, null);
        }
    }
}
