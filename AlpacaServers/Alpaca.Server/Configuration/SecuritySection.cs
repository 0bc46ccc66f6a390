using Alpaca.Devices.Options;
using Alpaca.Hosting;

namespace Alpaca.Server;

/// <summary>Section <c>security</c>: who may use the server, by what names and how safely. Secrets are never in it, only the files that hold them.</summary>
internal sealed record SecuritySection
{
    /// <summary>A token that may control everything, for those who hand secrets over in the environment.</summary>
    public const string TokenVariable = "ALPACA_SERVER_TOKEN";

    /// <summary>The password of a PFX or of an encrypted key.</summary>
    public const string CertificatePasswordVariable = "ALPACA_CERTIFICATE_PASSWORD";

    private const string Generated = "generated";
    private const string Off = "off";
    private static readonly AlpacaHostOptions s_defaults = new();

    [Option("File that says who may use the server: one per line, name, secret and, for someone who may only read, the word read. Only its owner may be able to read it. Not set: everyone who can reach the server.", Example = "/etc/alpaca/credentials")]
    public string? Credentials { get; init; }

    [Option("Names the server answers to besides the machine's own, for example behind a proxy; * for any, which opens it to hostile web pages.", Example = "observatory.example.org")]
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    [Option("Web origins besides the server's own whose pages may use the devices.", Example = "https://observatory.example.org")]
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];

    [Option($"\"{Off}\" for plain HTTP, \"{Generated}\" for TLS with a certificate that the server makes, or the file of a certificate of your own (PEM or PFX).", Example = Generated)]
    public string Tls { get; init; } = Off;

    [Option("The PEM file of the certificate's key, if it is not in the same file.", Advanced = true)]
    public string? TlsKey { get; init; }

    [Option("Connections that may be open at once.", Minimum = 8, Maximum = 100_000, Advanced = true)]
    public int MaxConnections { get; init; } = s_defaults.MaxConnections;

    [Option("Connections that one address may have open at once.", Minimum = 4, Maximum = 100_000, Advanced = true)]
    public int MaxConnectionsPerAddress { get; init; } = s_defaults.MaxConnectionsPerAddress;

    public IEnumerable<string> Validate()
    {
        foreach (var name in AllowedHosts.Where(name => name != "*" && Uri.CheckHostName(name) == UriHostNameType.Unknown))
            yield return $"allowed_hosts: \"{name}\" is not a host name. Give the name alone, without http:// and port.";
        foreach (var origin in TrustedOrigins.Where(text => !Uri.TryCreate(text, UriKind.Absolute, out var page) || page.GetLeftPart(UriPartial.Authority) != text))
            yield return $"trusted_origins: \"{origin}\" is not an origin. It looks like https://observatory.example.org, with the port if it is an unusual one.";
        if (TlsKey is not null && Tls is Off or Generated)
            yield return "tls_key: it is the key of a certificate of your own; put the certificate's file under tls.";
    }

    /// <summary>Reads the secrets and the certificate, and puts everything into the host's options.</summary>
    /// <exception cref="InvalidDataException">A file is missing, unsafe or not usable.</exception>
    public AlpacaHostOptions Apply(AlpacaHostOptions options, string stateDirectory)
    {
        var credentials = Credentials is null ? [] : CredentialFile.Read(Credentials);
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
            credentials = [.. credentials, FromEnvironment(token)];
        return options with
        {
            Credentials = credentials,
            AllowedHosts = AllowedHosts,
            TrustedOrigins = TrustedOrigins,
            MaxConnections = MaxConnections,
            MaxConnectionsPerAddress = MaxConnectionsPerAddress,
            Certificate = Tls switch
            {
                Off => null,
                Generated => ServerCertificate.Generated(stateDirectory, AllowedHosts),
                var file => ServerCertificate.FromFile(file, TlsKey, Environment.GetEnvironmentVariable(CertificatePasswordVariable)),
            },
        };
    }

    private static ClientCredential FromEnvironment(string token)
    {
        try
        {
            return new ClientCredential("environment", token);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{TokenVariable}: {e.Message}", e);
        }
    }
}
