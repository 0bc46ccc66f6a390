using System.Runtime.Versioning;
using Alpaca.Client;
using Alpaca.Hosting;
using Alpaca.Simulators;
using Conformance.Wire;

namespace Conformance.Tests;

/// <summary>The checks get into servers that ask for credentials or speak TLS, and say what is missing where they do not.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProtectedServerTests : IDisposable
{
    private const string Secret = "correct-horse-battery";
    private readonly string _folder = Directory.CreateTempSubdirectory("conform-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_protected_server_is_checked_like_any_other()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        await using var observatory = new Observatory();
        await observatory.StartAsync(Observatory.Brisk, options: new AlpacaHostOptions { Certificate = certificate, Credentials = [new("phone", Secret)] });
        var access = ServerAccess.From(new AccessArguments { User = "phone", AuthorityFile = Path.Combine(_folder, "tls.pem") }, _ => Secret);
        var report = await SimulatorConformanceTests.RunAsync(observatory.Address, new RunOptions { Devices = ["safetymonitor/0"], Access = access });
        Assert.True(report.Requests > 100);
        Assert.Empty(report.Findings);

        // What it would print for a finding can be pasted, and holds no secret.
        using var probe = new Probe(observatory.Address, TimeSpan.FromSeconds(1), TimeProvider.System, access);
        Assert.Equal($"curl -u 'phone' --cacert '{_folder}/tls.pem' '{observatory.Address.GetLeftPart(UriPartial.Authority)}/setup'", probe.ToCurl(new Sent("GET", "/setup")));
    }

    [Fact]
    public async Task Who_cannot_get_in_is_told_how_to()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        await using var observatory = new Observatory();
        await observatory.StartAsync(Observatory.Brisk, options: new AlpacaHostOptions { Certificate = certificate, Credentials = [new("phone", Secret)] });
        Assert.Contains("write https://", await RefusalAsync(new UriBuilder(observatory.Address) { Scheme = "http" }.Uri, new()), StringComparison.Ordinal);
        Assert.Contains(certificate.Fingerprint, await RefusalAsync(observatory.Address, new()), StringComparison.Ordinal);
        Assert.Contains("--token", await RefusalAsync(observatory.Address, new() { Fingerprint = certificate.Fingerprint }), StringComparison.Ordinal);
        Assert.Contains("other credentials", await RefusalAsync(observatory.Address, new() { Insecure = true, Token = "wrong-horse-battery" }), StringComparison.Ordinal);

        static async Task<string> RefusalAsync(Uri server, AccessArguments arguments) => (await Assert.ThrowsAsync<ServerUnreachableException>(
            () => new ConformanceRun(server, new RunOptions { Access = ServerAccess.From(arguments, _ => null) }).RunAsync())).Message;
    }
}
