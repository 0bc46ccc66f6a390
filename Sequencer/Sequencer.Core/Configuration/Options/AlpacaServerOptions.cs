namespace Sequencer.Core.Configuration;

/// <summary>How to talk to one server. Its credentials go to this address and to no other.</summary>
public sealed record AlpacaServerOptions
{
    /// <summary>The server's root, for example <c>https://192.168.1.20:11111</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>A file that holds the token, or name and password with a colon between them; null for none.</summary>
    public string? CredentialFile { get; init; }

    /// <summary>The environment variable that holds it instead; null for none.</summary>
    public string? CredentialVariable { get; init; }

    /// <summary>SHA-256 fingerprint of the server's certificate, if it made that itself; null trusts what the operating system trusts.</summary>
    public string? Fingerprint { get; init; }
}
