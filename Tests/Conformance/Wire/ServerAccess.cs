using Alpaca.Client;

namespace Conformance.Wire;

/// <summary>How to get into a server that asks for credentials or speaks TLS.</summary>
/// <param name="Options">The credential, and what vouches for the certificate.</param>
/// <param name="CurlOptions">The same for curl, without the secret.</param>
public sealed record ServerAccess(AlpacaClientOptions Options, IReadOnlyList<string> CurlOptions)
{
    /// <summary>Everybody may come in.</summary>
    public static ServerAccess Open { get; } = new(new AlpacaClientOptions(), []);

    /// <summary>What a command line says.</summary>
    /// <param name="arguments">The command line's part.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="InvalidDataException">Something of it cannot be had; the message says what.</exception>
    public static ServerAccess From(AccessArguments arguments, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var options = arguments.Apply(new AlpacaClientOptions(), environment);
        var curl = new List<string>();
        if (arguments.User is { } user)
            curl.Add($"-u '{user.Split(':')[0]}'");
        else if (options.Credential is not null)
            curl.Add($"-H \"Authorization: Bearer ${AccessArguments.TokenVariable}\"");
        if (arguments.AuthorityFile is { } file)
            curl.Add($"--cacert '{file}'");
        else if (arguments.Insecure || arguments.Fingerprint is not null)
            curl.Add("-k");
        return new ServerAccess(options, curl);
    }
}
