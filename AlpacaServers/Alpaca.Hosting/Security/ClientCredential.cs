using System.Security.Cryptography;
using System.Text;

namespace Alpaca.Hosting;

/// <summary>Someone who may use the server. Of the secret only hashes are kept.</summary>
public sealed class ClientCredential
{
    /// <summary>The shortest secret that is accepted, characters: what a guesser cannot try out over a network.</summary>
    public const int ShortestSecret = 16;

    /// <param name="name">Who; also the user name of Basic authentication.</param>
    /// <param name="secret">The token, or the password of Basic authentication.</param>
    /// <param name="mayControl">False for someone who may only read.</param>
    /// <exception cref="FormatException">The name or the secret cannot be used; the message does not show the secret.</exception>
    public ClientCredential(string name, string secret, bool mayControl = true)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(secret);
        if (name.Length == 0 || name.Any(c => c is ':' or '"' || !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '@')))
            throw new FormatException($"\"{name}\" cannot be a credential's name: use letters, digits and - _ . @.");
        if (secret.Length < ShortestSecret || secret.Any(c => c is <= ' ' or > '~'))
            throw new FormatException($"The secret of {name} must have {ShortestSecret} or more printable ASCII characters without spaces. \"openssl rand -hex 24\" makes a good one.");
        (Name, MayControl) = (name, mayControl);
        BearerHash = SHA256.HashData(Encoding.ASCII.GetBytes(secret));
        BasicHash = SHA256.HashData(Encoding.ASCII.GetBytes($"{name}:{secret}"));
    }

    /// <summary>Who.</summary>
    public string Name { get; }

    /// <summary>False for someone who may only read.</summary>
    public bool MayControl { get; }

    internal ReadOnlyMemory<byte> BearerHash { get; }

    internal ReadOnlyMemory<byte> BasicHash { get; }
}
