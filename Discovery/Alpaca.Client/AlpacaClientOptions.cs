using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alpaca.Client;

/// <summary>How an <see cref="AlpacaConnection"/> treats its server. All times are real time, whatever clock the night runs on.</summary>
public sealed record AlpacaClientOptions
{
    /// <summary>The client's own number, which tells clients apart in a server's log: random, 1 to 2147483647, unless given.</summary>
    public uint ClientID { get; init; } = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <summary>Deadline of a read, its retries included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Deadline of a write or command. Devices of the current standard answer at once and go on moving; older ones answer when they have arrived.
    /// </summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Deadline of an image's transfer, its retries included.</summary>
    public TimeSpan ImageTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Deadline of opening one TCP connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a read is repeated after a failure of the link. Writes and commands never are.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The pause before the first repetition; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The largest image that is accepted, bytes in memory.</summary>
    public long MaximumImageBytes { get; init; } = 1L << 30;

    /// <summary>What is shown to the server; null for nothing. Over plain HTTP everyone on the way can read it.</summary>
    public AlpacaCredential? Credential { get; init; }

    /// <summary>
    /// The SHA-256 fingerprint of the server's certificate, 64 hexadecimal digits with or without colons: this certificate and no other is accepted, whoever signed it.
    /// Null trusts those that the operating system trusts.
    /// </summary>
    public string? CertificateFingerprint { get; init; }

    /// <summary>Who must have signed the server's certificate, or be it; null for those that the operating system trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Accepts any certificate: good for looking at a server of one's own, and for nothing that matters.</summary>
    public bool AcceptsAnyCertificate { get; init; }

    /// <summary>Called before each request and disposed after it; the night holds the accelerated clock with it.</summary>
    public Func<IDisposable>? AroundRequest { get; init; }
}
