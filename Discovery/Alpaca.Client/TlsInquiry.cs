using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Alpaca.Client;

/// <summary>Finds out whether a port speaks TLS. Discovery has no field for it, so a server that speaks https looks like a broken one to whoever tries http.</summary>
public static class TlsInquiry
{
    /// <summary>Tries a handshake, and goes away again without having said anything.</summary>
    /// <param name="address">Host and port; the scheme does not matter.</param>
    /// <param name="patience">How long it may take.</param>
    /// <returns>The fingerprint of the certificate that was shown, or null if the port does not speak TLS.</returns>
    public static async Task<string?> FingerprintAsync(Uri address, TimeSpan patience, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(patience);
        string? fingerprint = null;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.DnsSafeHost, address.Port, deadline.Token);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = address.DnsSafeHost, RemoteCertificateValidationCallback = Look },
                deadline.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // No TLS there, or the handshake that ended when the certificate had been seen.
            return fingerprint;
        }

        return fingerprint;

        bool Look(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            fingerprint = ServerTrust.FingerprintOf(certificate);
            return false;
        }
    }
}
