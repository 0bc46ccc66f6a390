using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alpaca.Hosting;

/// <summary>
/// The certificate of a server that speaks TLS: one that it makes itself and keeps in its state directory, or one from a file. It is looked at again while the server runs,
/// so that a generated one is renewed in time and a renewed file is taken up without a restart.
/// </summary>
public sealed class ServerCertificate : IDisposable
{
    /// <summary>How often the file is looked at again.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromHours(12);

    private static readonly TimeSpan s_validity = TimeSpan.FromDays(825);
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromDays(60);

    private readonly Func<X509Certificate2Collection> _load;
    private readonly TimeProvider _clock;
    private X509Certificate2Collection _chain;
    private long _loadedAt;

    private ServerCertificate(Func<X509Certificate2Collection> load, TimeProvider clock)
    {
        (_load, _clock) = (load, clock);
        _chain = load();
        _loadedAt = clock.GetTimestamp();
    }

    /// <summary>The certificate, with its key.</summary>
    public X509Certificate2 Certificate => Volatile.Read(ref _chain)[0];

    /// <summary>What clients pin: the SHA-256 hash of the certificate, as <c>AB:CD:...</c>, the way browsers and openssl show it.</summary>
    public string Fingerprint => string.Join(':', SHA256.HashData(Certificate.RawData).Select(b => b.ToString("X2", null)));

    /// <summary>The certificates between this one and its root, for clients to check.</summary>
    internal X509Certificate2Collection Chain => Volatile.Read(ref _chain);

    /// <summary>The server's own certificate: made when there is none, renewed when it runs out within two months. P-256 ECDSA, self-signed.</summary>
    /// <param name="stateDirectory">Where it is kept, in <c>tls.pem</c>, readable by the owner only.</param>
    /// <param name="moreNames">Names besides the machine's own.</param>
    /// <param name="clock">Real time.</param>
    /// <exception cref="InvalidDataException">The file is there but cannot be used.</exception>
    public static ServerCertificate Generated(string stateDirectory, IEnumerable<string> moreNames, TimeProvider? clock = null)
    {
        Directory.CreateDirectory(stateDirectory);
        var path = Path.Combine(stateDirectory, "tls.pem");
        var now = clock ?? TimeProvider.System;
        var names = new HostNames(moreNames).Names.ToList();
        return new ServerCertificate(
            () =>
            {
                if (File.Exists(path))
                {
                    var kept = Load(path, null, null);
                    if (kept[0].NotAfter.ToUniversalTime() - s_renewBefore > now.GetUtcNow().UtcDateTime)
                        return kept;
                }

                Make(path, names, now.GetUtcNow());
                return Load(path, null, null);
            },
            now);
    }

    /// <summary>A certificate from a file.</summary>
    /// <param name="certificate">PEM, with intermediate certificates after it if there are any, or PFX.</param>
    /// <param name="key">The key's PEM file, if it is not in the same one.</param>
    /// <param name="password">Of the PFX or of the key, if they have one.</param>
    /// <param name="clock">Real time.</param>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why.</exception>
    public static ServerCertificate FromFile(string certificate, string? key = null, string? password = null, TimeProvider? clock = null) =>
        new(() => Load(certificate, key, password), clock ?? TimeProvider.System);

    public void Dispose()
    {
        foreach (var certificate in _chain)
            certificate.Dispose();
    }

    /// <summary>Looks at the file again if it is time; a file that has become unusable leaves the certificate as it is, and is said.</summary>
    /// <returns>Why the file could not be used, or null.</returns>
    internal string? RefreshIfDue()
    {
        if (_clock.GetElapsedTime(_loadedAt) < Refresh)
            return null;
        _loadedAt = _clock.GetTimestamp();
        try
        {
            // The old one may still be in a handshake's hands; it is left to the garbage collector.
            Volatile.Write(ref _chain, _load());
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static X509Certificate2Collection Load(string path, string? key, string? password)
    {
        CredentialFile.RequirePrivate(key ?? path);
        try
        {
            if (Path.GetExtension(path) is ".pfx" or ".p12")
            {
                var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
                var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("it holds no private key.");
                all.Remove(own);
                all.Insert(0, own);
                return all;
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(path);
            if (chain.Count == 0)
                throw new CryptographicException("it holds no certificate.");
            chain[0].Dispose();
            chain[0] = password is null ? X509Certificate2.CreateFromPemFile(path, key ?? path) : X509Certificate2.CreateFromEncryptedPemFile(path, password, key ?? path);
            return chain;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"The certificate {path} cannot be used: {e.Message}", e);
        }
    }

    private static void Make(string path, List<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Environment.MachineName}, O=Alpaca observatory server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Where(n => Uri.CheckHostName(n) == UriHostNameType.Dns))
            alternatives.AddDnsName(name);
        foreach (var address in Addresses())
            alternatives.AddIpAddress(address);
        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + s_validity);

        // Readable by nobody else from the first moment, and whole or not there at all.
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static IEnumerable<IPAddress> Addresses() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses.Select(a => a.Address))
            .Where(a => !a.IsIPv6LinkLocal && a.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
            .Concat([IPAddress.Loopback, IPAddress.IPv6Loopback])
            .Distinct();
}
