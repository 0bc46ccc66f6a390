using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alpaca.Client;

/// <summary>Decides whether a server's certificate is good enough, as a client's options say, and tells in words why it is not.</summary>
public static class ServerTrust
{
    /// <summary>The check for these options. It throws AuthenticationException with the reason and the certificate's fingerprint instead of returning false.</summary>
    /// <exception cref="FormatException">The options' fingerprint is none.</exception>
    public static RemoteCertificateValidationCallback CheckOf(AlpacaClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.CertificateFingerprint is { } fingerprint ? new CertificatePin(fingerprint).Accept
            : options.AcceptsAnyCertificate ? static (_, certificate, _, _) => certificate is not null
            : options.Authorities is { } authorities ? (_, certificate, chain, errors) => Accept(certificate, Rejudged(certificate, chain, errors, authorities))
            : static (_, certificate, _, errors) => Accept(certificate, errors);
    }

    /// <summary>A certificate's SHA-256 fingerprint, as servers of this suite print it: pairs of hexadecimal digits with colons between them.</summary>
    public static string FingerprintOf(X509Certificate? certificate) =>
        string.Join(':', SHA256.HashData(certificate?.GetRawCertData() ?? []).Select(b => b.ToString("X2", null)));

    /// <summary>Whether it is for this name is judged as before; whether somebody vouches for it, by these authorities alone.</summary>
    private static SslPolicyErrors Rejudged(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is not X509Certificate2 own)
            return errors;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        var rest = errors & ~SslPolicyErrors.RemoteCertificateChainErrors;
        return chain.Build(own) ? rest : rest | SslPolicyErrors.RemoteCertificateChainErrors;
    }

    private static bool Accept(X509Certificate? certificate, SslPolicyErrors errors) => errors == SslPolicyErrors.None
        ? true
        : throw new AuthenticationException(
            $"{(errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "nobody whom this machine trusts vouches for the server's certificate" : "the server's certificate is for another name")}; "
            + $"its fingerprint is {FingerprintOf(certificate)}");
}
