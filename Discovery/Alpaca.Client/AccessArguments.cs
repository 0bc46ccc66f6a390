using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alpaca.Client;

/// <summary>
/// What a person says on a command line about how to get into a server: a token, or a name and a password, and what vouches for its certificate. A secret on a command line can be
/// read by everyone on the machine, so each can come from a file or the environment instead.
/// </summary>
public sealed record AccessArguments
{
    /// <summary>The environment variable that holds a token.</summary>
    public const string TokenVariable = "ALPACA_TOKEN";

    /// <summary>The environment variable that holds the password of <see cref="User"/>.</summary>
    public const string PasswordVariable = "ALPACA_PASSWORD";

    /// <summary>A token, or <c>@FILE</c>: the file that holds it.</summary>
    public string? Token { get; init; }

    /// <summary>A name; its password comes from <see cref="PasswordFile"/> or the environment. NAME:PASSWORD is taken, too.</summary>
    public string? User { get; init; }

    /// <summary>A file that holds the password and nothing else.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>A PEM file with the certificate of the authority that signed the server's, or with the server's own.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The SHA-256 fingerprint of the server's certificate.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Accepts any certificate: what is sent and read can then be in anybody's hands.</summary>
    public bool Insecure { get; init; }

    /// <summary>Takes name and password from an address such as <c>http://NAME:PASSWORD@192.168.1.20:11111</c>, unless others are given.</summary>
    /// <returns>The address without them, and what is known now.</returns>
    public (Uri Address, AccessArguments Access) TakeFrom(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.UserInfo.Length == 0)
            return (address, this);
        var bare = new UriBuilder(address) { UserName = string.Empty, Password = string.Empty }.Uri;
        return (bare, Token is null && User is null ? this with { User = WebUtility.UrlDecode(address.UserInfo.Replace("+", "%2B", StringComparison.Ordinal)) } : this);
    }

    /// <summary>Puts all this into a client's options.</summary>
    /// <param name="options">What else the client does.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="InvalidDataException">Something cannot be had, or two things contradict each other; the message says which, and shows no secret.</exception>
    public AlpacaClientOptions Apply(AlpacaClientOptions options, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        if (Token is not null && User is not null)
            throw new InvalidDataException("A token or a user: the server takes one of them.");
        if ((AuthorityFile is not null ? 1 : 0) + (Fingerprint is not null ? 1 : 0) + (Insecure ? 1 : 0) > 1)
            throw new InvalidDataException("A file of authorities, a fingerprint, or any certificate at all: choose one of them.");
        try
        {
            if (Fingerprint is not null)
                _ = new CertificatePin(Fingerprint);
            return options with
            {
                Credential = CredentialFrom(environment) ?? options.Credential,
                Authorities = AuthorityFile is null ? options.Authorities : ReadAuthorities(AuthorityFile),
                CertificateFingerprint = Fingerprint ?? options.CertificateFingerprint,
                AcceptsAnyCertificate = Insecure || options.AcceptsAnyCertificate,
            };
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException($"The authorities in {file} cannot be read: {e.Message}", e);
        }

        return all.Count > 0 ? all : throw new InvalidDataException($"{file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).");
    }

    private AlpacaCredential? CredentialFrom(Func<string, string?> environment)
    {
        if (User is not null)
        {
            if (User.Split(':', 2) is [var name, var password])
                return AlpacaCredential.Password(name, password);
            return PasswordFile is not null ? AlpacaCredential.Password(User, AlpacaCredential.SecretIn(PasswordFile))
                : environment(PasswordVariable) is { Length: > 0 } secret ? AlpacaCredential.Password(User, secret.Trim())
                : throw new InvalidDataException($"The password of {User} is missing: set the environment variable {PasswordVariable}, or name a file that holds it.");
        }

        if (PasswordFile is not null)
            throw new InvalidDataException($"{PasswordFile} holds a password, but whose? Name the user as well.");
        return Token is null ? environment(TokenVariable) is { Length: > 0 } token ? AlpacaCredential.Parse(token) : null
            : Token.StartsWith('@') ? AlpacaCredential.FromFile(Token[1..])
            : AlpacaCredential.Token(Token);
    }
}
