using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alpaca.Client;

/// <summary>The one certificate that a client accepts from a server, known by its SHA-256 fingerprint: what makes a certificate that nobody else vouches for trustworthy.</summary>
internal sealed class CertificatePin
{
    private readonly byte[] _hash;

    /// <param name="fingerprint">64 hexadecimal digits, with or without colons.</param>
    /// <exception cref="FormatException">It is no SHA-256 fingerprint.</exception>
    public CertificatePin(string fingerprint)
    {
        var digits = fingerprint.Replace(":", "", StringComparison.Ordinal).Trim();
        if (digits.Length != 2 * SHA256.HashSizeInBytes || !digits.All(char.IsAsciiHexDigit))
            throw new FormatException($"\"{fingerprint}\" is not a certificate's fingerprint: that has 64 hexadecimal digits, such as alpaca-server prints when it starts.");
        _hash = Convert.FromHexString(digits);
    }

    /// <summary>Accepts the certificate, whoever signed it and whatever name it is for, or says which one came instead.</summary>
    /// <exception cref="AuthenticationException">It is another one.</exception>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var presented = SHA256.HashData(certificate?.GetRawCertData() ?? []);
        return presented.SequenceEqual(_hash)
            ? true
            : throw new AuthenticationException(
                $"the server's certificate is another than the one that was pinned: {ServerTrust.FingerprintOf(certificate)}. " +
                "If it was renewed, put its fingerprint into the configuration; if not, somebody may be in between");
    }
}
