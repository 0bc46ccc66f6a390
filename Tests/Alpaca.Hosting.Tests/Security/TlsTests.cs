using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests.Security;

public sealed class TlsTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("alpaca-tls-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task A_server_with_a_certificate_of_its_own_speaks_tls_and_only_tls()
    {
        using var certificate = ServerCertificate.Generated(_state, ["observatory.example.org"]);
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { Certificate = certificate }, new TestFocuser());
        Assert.Equal("https", server.Address.Scheme);
        string? seen = null;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                {
                    seen = string.Join(':', SHA256.HashData(presented!.GetRawCertData()).Select(b => b.ToString("X2", null)));
                    return seen == certificate.Fingerprint;
                },
            },
        });
        Assert.Contains("\"Value\"", await client.GetStringAsync(new Uri(server.Address, "/api/v1/focuser/0/position")), StringComparison.Ordinal);
        Assert.Equal(certificate.Fingerprint, seen);

        // Pages of the server, over https, are its own.
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(server.Address, "/api/v1/focuser/0/connect"));
        request.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        await using var plain = await Wire.ConnectAsync(server.Address);
        await plain.SendAsync("GET /setup HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var told = await plain.ReadReplyAsync();
        Assert.Equal(400, told.Status);
        Assert.Contains("https://", System.Text.Encoding.UTF8.GetString(told.Body), StringComparison.Ordinal);
        await using var neither = await Wire.ConnectAsync(server.Address);
        await neither.SendAsync("\u0016 and then no handshake, only this and that and nothing that makes sense\r\n\r\n");
        Assert.Equal(0, (await neither.ReadReplyAsync()).Status);
        await Until.TrueAsync(async () => await client.GetStringAsync(new Uri(server.Address, "/metrics")) is var metrics
            && metrics.Contains("alpaca_refused_total{reason=\"failed_handshake\"} 1\n", StringComparison.Ordinal)
            && metrics.Contains("alpaca_refused_total{reason=\"plain_http\"} 1\n", StringComparison.Ordinal));
    }

    [Fact]
    public void The_certificate_is_for_this_machine_and_nobody_else_can_read_its_key()
    {
        using var certificate = ServerCertificate.Generated(_state, ["observatory.example.org"]);
        var names = certificate.Certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Contains("localhost", names.EnumerateDnsNames());
        Assert.Contains(Environment.MachineName, names.EnumerateDnsNames(), StringComparer.OrdinalIgnoreCase);
        Assert.Contains("observatory.example.org", names.EnumerateDnsNames());
        Assert.Contains(IPAddress.Loopback, names.EnumerateIPAddresses());
        Assert.Equal(ECCurve.NamedCurves.nistP256.Oid.Value, certificate.Certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_state))));
    }

    [Fact]
    public void The_certificate_stays_until_it_is_about_to_run_out()
    {
        var clock = new SteppedClock();
        using var first = ServerCertificate.Generated(_state, [], clock);
        var fingerprint = first.Fingerprint;
        using (var again = ServerCertificate.Generated(_state, [], clock))
            Assert.Equal(fingerprint, again.Fingerprint);

        clock.Step(TimeSpan.FromDays(700));
        Assert.Null(first.RefreshIfDue());
        Assert.Equal(fingerprint, first.Fingerprint);
        clock.Step(TimeSpan.FromDays(70));
        Assert.Null(first.RefreshIfDue());
        Assert.NotEqual(fingerprint, first.Fingerprint);
        Assert.True(first.Certificate.NotAfter.ToUniversalTime() > clock.GetUtcNow().UtcDateTime.AddDays(800));
    }

    [Fact]
    public void A_certificate_of_ones_own_is_taken_as_pem_in_one_or_two_files_and_as_pfx()
    {
        using var made = ServerCertificate.Generated(_state, []);
        var pem = File.ReadAllText(Path.Combine(_state, "tls.pem"));
        var split = pem.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal);
        var (certificate, key, pfx) = (Path.Combine(_state, "cert.pem"), Path.Combine(_state, "key.pem"), Path.Combine(_state, "both.pfx"));
        File.WriteAllText(certificate, pem[..split]);
        File.WriteAllText(key, pem[split..]);
        File.WriteAllBytes(pfx, made.Certificate.Export(X509ContentType.Pkcs12, "pass word"));
        foreach (var secret in (string[])[key, pfx])
            File.SetUnixFileMode(secret, UnixFileMode.UserRead);

        using var one = ServerCertificate.FromFile(Path.Combine(_state, "tls.pem"));
        using var two = ServerCertificate.FromFile(certificate, key);
        using var three = ServerCertificate.FromFile(pfx, password: "pass word");
        Assert.All([one, two, three], c => Assert.Equal(made.Fingerprint, c.Fingerprint));
        Assert.All([one, two, three], c => Assert.True(c.Certificate.HasPrivateKey));
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_says_why()
    {
        var file = Path.Combine(_state, "wrong.pem");
        File.WriteAllText(file, "no certificate");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => ServerCertificate.FromFile(file)).Message, StringComparison.Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => ServerCertificate.FromFile(file)).Message, StringComparison.Ordinal);
        Assert.Contains("no file", Assert.Throws<InvalidDataException>(() => ServerCertificate.FromFile(file + "x")).Message, StringComparison.Ordinal);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private TimeSpan _gone;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero) + _gone;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _gone.Ticks;

        public void Step(TimeSpan time) => _gone += time;
    }
}
