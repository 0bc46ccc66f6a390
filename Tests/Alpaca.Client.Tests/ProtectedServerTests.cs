using System.Runtime.Versioning;
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
