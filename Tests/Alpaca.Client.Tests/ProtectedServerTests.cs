using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Alpaca.Contract;
using Alpaca.Hosting;

namespace Alpaca.Client.Tests;

/// <summary>Servers that ask for credentials or speak TLS.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProtectedServerTests : IDisposable
{
    private const string Secret = "correct-horse-battery";
    private readonly string _folder = Directory.CreateTempSubdirectory("alpaca-client-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_token_or_a_password_lets_in_and_nothing_else()
    {
        await using var host = await StartAsync(new AlpacaHostOptions { Credentials = [new("sequencer", Secret)] });
        foreach (var credential in (AlpacaCredential[])[AlpacaCredential.Token(Secret), AlpacaCredential.Parse($"sequencer:{Secret}\n")])
        {
            using var connection = new AlpacaConnection(host.Address, RawServer.Quick with { Credential = credential });
            await DeviceClients.Create<IFocuser>(connection).ConnectAsync();
        }

        foreach (var credential in (AlpacaCredential?[])[null, AlpacaCredential.Token("wrong-horse-battery")])
        {
            using var connection = new AlpacaConnection(host.Address, RawServer.Quick with { Credential = credential });
            var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => DeviceClients.Create<IFocuser>(connection).ConnectAsync().AsTask());
            Assert.Equal(401, failure.HttpStatus);
            Assert.Contains("credentials", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("horse", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_certificate_is_trusted_by_its_fingerprint_and_by_nothing_less()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        await using var host = await StartAsync(new AlpacaHostOptions { Certificate = certificate });
        Assert.Equal("https", host.Address.Scheme);
        foreach (var fingerprint in (string[])[certificate.Fingerprint, certificate.Fingerprint.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant()])
        {
            using var pinned = new AlpacaConnection(host.Address, RawServer.Quick with { CertificateFingerprint = fingerprint });
            Assert.Single((await AlpacaServer.ReadAsync(pinned)).Devices);
        }

        using var unpinned = new AlpacaConnection(host.Address, RawServer.Quick with { Retries = 0 });
        Assert.Equal(LinkFailure.Unreachable, (await Assert.ThrowsAsync<AlpacaLinkException>(() => AlpacaServer.ReadAsync(unpinned).AsTask())).Kind);

        using var other = new AlpacaConnection(host.Address, RawServer.Quick with { Retries = 0, CertificateFingerprint = new string('0', 64) });
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => AlpacaServer.ReadAsync(other).AsTask());
        Assert.Contains(certificate.Fingerprint, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_come_over_tls_as_they_come_without()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        var (camera, record) = RecordingDevice.Create(typeof(ICamera));
        var pixels = new ushort[300 * 200];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (ushort)(i * 7);
        using var sent = ImageArray.CopyOf<ushort>(pixels, 300, 200);
        await using var plain = await StartAsync(new AlpacaHostOptions(), camera);
        await using var secure = await StartAsync(new AlpacaHostOptions { Certificate = certificate }, camera);
        using var first = new AlpacaConnection(plain.Address, RawServer.Quick);
        using var second = new AlpacaConnection(secure.Address, RawServer.Quick with { CertificateFingerprint = certificate.Fingerprint });
        foreach (var connection in (AlpacaConnection[])[first, second])
        {
            record.Answer = sent.Share();
            using var image = await DeviceClients.Create<ICamera>(connection).ImageArrayAsync();
            Assert.Equal((300, 200), (image.Width, image.Height));
            Assert.True(image.Pixels<ushort>().SequenceEqual(pixels));
        }
    }

    [Fact]
    public void A_fingerprint_that_is_none_or_has_no_certificate_is_refused()
    {
        Assert.Throws<FormatException>(() => new AlpacaConnection(new Uri("https://127.0.0.1"), new AlpacaClientOptions { CertificateFingerprint = "AB:CD" }));
        Assert.Throws<ArgumentException>(() => new AlpacaConnection(new Uri("http://127.0.0.1"), new AlpacaClientOptions { CertificateFingerprint = new string('0', 64) }));
    }

    [Fact]
    public async Task A_server_that_discovery_found_is_asked_by_http_and_then_by_https_and_sees_credentials_only_if_it_asks()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        await using var host = await StartAsync(new AlpacaHostOptions { Certificate = certificate, Credentials = [new("sequencer", Secret)] });
        var found = new UriBuilder(host.Address) { Scheme = "http" }.Uri;
        var options = RawServer.Quick with { Retries = 0 };

        var distrusted = await ServerInquiry.AskAsync(found, options);
        Assert.Equal((certificate.Fingerprint, false), (distrusted.Fingerprint, distrusted.AsksForCredentials));
        Assert.Contains(certificate.Fingerprint, distrusted.Failure!.Message, StringComparison.Ordinal);
        var asks = await ServerInquiry.AskAsync(found, options with { CertificateFingerprint = certificate.Fingerprint });
        Assert.Equal(("https", true), (asks.Address.Scheme, asks.AsksForCredentials));
        var authorities = new X509Certificate2Collection { X509CertificateLoader.LoadCertificate(certificate.Certificate.RawData) };
        foreach (var trust in (AlpacaClientOptions[])[options with { Authorities = authorities }, options with { AcceptsAnyCertificate = true }])
            Assert.Single((await ServerInquiry.AskAsync(found, trust with { Credential = AlpacaCredential.Token(Secret) })).Server!.Devices);

        await using var open = RawServer.Json("""{"Value":{"ServerName":"Open"},"ClientTransactionID":1}""", """{"Value":[],"ClientTransactionID":2}""");
        Assert.Equal("Open", (await ServerInquiry.AskAsync(open.Address, options with { Credential = AlpacaCredential.Token(Secret) })).Server!.Name);
        Assert.All(open.Requests, r => Assert.DoesNotContain("Authorization", r, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_authority_vouches_for_its_own_servers_and_only_for_the_names_in_their_certificates()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        using var other = ServerCertificate.Generated(Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, []);
        await using var host = await StartAsync(new AlpacaHostOptions { Certificate = certificate });
        using var foreign = new AlpacaConnection(
            host.Address, RawServer.Quick with { Retries = 0, Authorities = new X509Certificate2Collection { X509CertificateLoader.LoadCertificate(other.Certificate.RawData) } });
        Assert.Contains("nobody", (await Assert.ThrowsAsync<AlpacaLinkException>(() => AlpacaServer.ReadAsync(foreign).AsTask())).Message, StringComparison.Ordinal);
        var check = ServerTrust.CheckOf(new AlpacaClientOptions { Authorities = new X509Certificate2Collection { certificate.Certificate } });
        Assert.True(check(this, certificate.Certificate, null, System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.Contains("another name", Assert.Throws<System.Security.Authentication.AuthenticationException>(
            () => check(this, certificate.Certificate, null, System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_line_says_how_to_get_in_without_holding_a_secret()
    {
        var (token, password) = (Private("token", Secret + "\n"), Private("password", "swordfish-and-chips\n"));
        var environment = new Dictionary<string, string?> { [AccessArguments.PasswordVariable] = "from-the-environment" };
        Assert.Equal(AlpacaCredential.Token(Secret).Header, Credential(new() { Token = "@" + token }));
        Assert.Equal(AlpacaCredential.Token("plain").Header, Credential(new() { Token = "plain" }));
        Assert.Equal(AlpacaCredential.Password("phone", "from-the-environment").Header, Credential(new() { User = "phone" }));
        Assert.Equal(AlpacaCredential.Password("phone", "swordfish-and-chips").Header, Credential(new() { User = "phone", PasswordFile = password }));
        Assert.Equal(AlpacaCredential.Password("phone", "x:y").Header, Credential(new() { User = "phone:x:y" }));
        Assert.Null(Credential(new()));
        environment[AccessArguments.TokenVariable] = Secret;
        Assert.Equal(AlpacaCredential.Token(Secret).Header, Credential(new()));

        var (address, taken) = new AccessArguments().TakeFrom(new Uri("http://phone:a%40b+c@127.0.0.1:11111/"));
        Assert.Equal(("http://127.0.0.1:11111/", "phone:a@b+c"), (address.AbsoluteUri, taken.User));

        environment.Clear();
        Assert.Contains(AccessArguments.PasswordVariable, Refusal(new() { User = "phone" }), StringComparison.Ordinal);
        Assert.Contains("whose", Refusal(new() { PasswordFile = password }), StringComparison.Ordinal);
        Assert.Contains("one of them", Refusal(new() { Token = "a", User = "b:c" }), StringComparison.Ordinal);
        Assert.Contains("choose one", Refusal(new() { Insecure = true, Fingerprint = new string('0', 64) }), StringComparison.Ordinal);
        Assert.Contains("64 hexadecimal", Refusal(new() { Fingerprint = "AB" }), StringComparison.Ordinal);
        Assert.Contains("BEGIN CERTIFICATE", Refusal(new() { AuthorityFile = token }), StringComparison.Ordinal);
        Assert.Contains("nowhere.pem", Refusal(new() { AuthorityFile = Path.Combine(_folder, "nowhere.pem") }), StringComparison.Ordinal);
        Assert.Contains("no file", Refusal(new() { Token = "@" + token + "x" }), StringComparison.Ordinal);

        System.Net.Http.Headers.AuthenticationHeaderValue? Credential(AccessArguments arguments) => arguments.Apply(new(), environment.GetValueOrDefault).Credential?.Header;
        string Refusal(AccessArguments arguments) => Assert.Throws<InvalidDataException>(() => arguments.Apply(new(), environment.GetValueOrDefault)).Message;
    }

    private string Private(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    [Fact]
    public void A_secret_comes_from_a_private_file_and_is_shown_nowhere()
    {
        var file = Path.Combine(_folder, "token");
        File.WriteAllText(file, Secret + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => AlpacaCredential.FromFile(file)).Message, StringComparison.Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        var options = new AlpacaClientOptions { Credential = AlpacaCredential.FromFile(file) };
        Assert.DoesNotContain(Secret, options.ToString(), StringComparison.Ordinal);
        Assert.Contains("no file", Assert.Throws<InvalidDataException>(() => AlpacaCredential.FromFile(file + "x")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", Assert.Throws<FormatException>(() => AlpacaCredential.Parse("two words")).Message, StringComparison.Ordinal);
    }

    private static async Task<AlpacaHost> StartAsync(AlpacaHostOptions options, IAlpacaDevice? device = null)
    {
        var registry = new DeviceRegistry();
        registry.Add(device ?? RecordingDevice.Create(typeof(IFocuser)).Device, "The device", "1");
        var host = new AlpacaHost(options with { Port = 0, WatchInterval = null }, registry);
        await host.StartAsync();
        return host;
    }
}
