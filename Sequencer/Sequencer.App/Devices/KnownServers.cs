using System.Net;
using System.Net.Sockets;
using Alpaca.Client;
using Sequencer.Core.Configuration;

namespace Sequencer.App.Devices;

/// <summary>
/// The servers that the configuration names. Whoever answers discovery could be anybody, so credentials go only to the addresses they are configured for, and only as safely as
/// configured: a server that is known by https is never asked by http.
/// </summary>
internal sealed class KnownServers
{
    private readonly Dictionary<Uri, AlpacaServerOptions> _servers;

    /// <param name="servers">The configuration's list.</param>
    public KnownServers(IReadOnlyList<AlpacaServerOptions> servers) => _servers = servers.ToDictionary(s => new Uri(s.Address));

    /// <summary>Their roots.</summary>
    public IEnumerable<Uri> Addresses => _servers.Keys;

    /// <summary>The configured root of the server that has this host name or address, or null.</summary>
    public Uri? AddressOf(string host, int port) =>
        _servers.Keys.FirstOrDefault(a => a.Port == port && (a.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || a.DnsSafeHost.Equals(host, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The configured root of the server that has this address, or null.</summary>
    public Uri? AddressOf(IPAddress host, int port) => _servers.Keys.FirstOrDefault(a => a.Port == port && Resolve(a).Contains(host));

    /// <summary>Puts what is configured for a server into a client's options.</summary>
    /// <exception cref="InvalidDataException">Its credentials cannot be had; the message says why.</exception>
    public AlpacaClientOptions Apply(AlpacaClientOptions options, Uri address) => _servers.TryGetValue(address, out var server)
        ? options with { Credential = CredentialOf(server), CertificateFingerprint = server.Fingerprint }
        : options;

    private static AlpacaCredential? CredentialOf(AlpacaServerOptions server)
    {
        if (server.CredentialFile is { } file)
            return AlpacaCredential.FromFile(file);
        if (server.CredentialVariable is not { } variable)
            return null;
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
            throw new InvalidDataException($"The environment variable {variable}, which should hold the credential for {server.Address}, is not set.");
        try
        {
            return AlpacaCredential.Parse(text);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"The environment variable {variable}: {e.Message}", e);
        }
    }

    private static IPAddress[] Resolve(Uri address)
    {
        if (IPAddress.TryParse(address.DnsSafeHost, out var literal))
            return [literal];
        try
        {
            return Dns.GetHostAddresses(address.DnsSafeHost);
        }
        catch (SocketException)
        {
            // A name that is not known is nobody's; asking the server itself will say so.
            return [];
        }
    }
}
