using System.Net;
using System.Runtime.Versioning;
using Alpaca.Client;
using Alpaca.Discovery;
using Alpaca.Hosting;
using Sequencer.App.Devices;
using Sequencer.Core.Configuration;

namespace Sequencer.App.Tests;

/// <summary>The sequencer and a server with TLS and credentials.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProtectedServerTests : IDisposable
{
    private const string Secret = "correct-horse-battery";
    private readonly string _folder = Directory.CreateTempSubdirectory("sequencer-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_protected_server_that_the_configuration_knows_is_used_and_one_it_does_not_know_gets_no_secret()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        var port = FreeUdpPort();
        await using var host = new AlpacaHost(
            new AlpacaHostOptions { Port = 0, DiscoveryPort = port, Certificate = certificate, Credentials = [new("sequencer", Secret)], ServerName = "Protected" }, new DeviceRegistry());
        await host.StartAsync();
        var server = new AlpacaServerOptions { Address = host.Address.GetLeftPart(UriPartial.Authority), CredentialFile = Token(), Fingerprint = certificate.Fingerprint };

        using var finder = new DeviceFinder(new AlpacaOptions { Servers = [server] }, new AlpacaClientOptions());
        await finder.DiscoverAsync(new FinderOptions { Port = port, LoopbackOnly = true, Wait = TimeSpan.FromMilliseconds(300) }, CancellationToken.None);
        Assert.Equal(("Protected", "https"), (Assert.Single(finder.Servers).Name, finder.Servers[0].BaseAddress.Scheme));
    }

    [Fact]
    public async Task The_list_of_servers_shows_credentials_to_its_own_machine_and_to_named_servers_and_says_what_is_missing()
    {
        using var certificate = ServerCertificate.Generated(_folder, []);
        await using var host = new AlpacaHost(new AlpacaHostOptions { Port = 0, Certificate = certificate, Credentials = [new("phone", Secret)], ServerName = "Protected" }, new DeviceRegistry());
        await host.StartAsync();
        var found = new FoundServer(new IPEndPoint(IPAddress.Loopback, host.Address.Port));
        Assert.True(found.IsOnThisMachine);
        Assert.False(new FoundServer(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1)).IsOnThisMachine);

        Assert.Contains("--fingerprint", Assert.Single(await ListedServers.AskAsync([found], [], new(), default)).Problem, StringComparison.Ordinal);
        Assert.Contains("--token", Assert.Single(await ListedServers.AskAsync([found], [], new() { Insecure = true }, default)).Problem, StringComparison.Ordinal);
        Assert.Contains("other credentials", Assert.Single(await ListedServers.AskAsync([found], [], new() { Insecure = true, Token = "wrong-horse-battery" }, default)).Problem, StringComparison.Ordinal);
        var mine = new AccessArguments { Insecure = true, Token = "@" + Token() };
        Assert.Equal("Protected", Assert.Single(await ListedServers.AskAsync([found], [host.Address], mine, default)).Asked.Server!.Name);
        Assert.Equal("Protected", Assert.Single(await ListedServers.AskAsync([], [new UriBuilder(host.Address) { UserName = "phone", Password = Secret }.Uri], new() { Fingerprint = certificate.Fingerprint }, default)).Asked.Server!.Name);

        // The same server under an address that stands for another machine's: it asks, and is not shown anything.
        var listed = Assert.Single(await ListedServers.AskAsync([Elsewhere(found)], [], mine, default));
        Assert.Contains("not shown yours", listed.Problem, StringComparison.Ordinal);
    }

    /// <summary>A server found at one of this machine's addresses, taken for one on another.</summary>
    private static FoundServer Elsewhere(FoundServer found) => found with { IsOnThisMachine = false };

    [Fact]
    public void Credentials_go_only_where_they_are_configured_for()
    {
        var known = new KnownServers([new() { Address = "https://127.0.0.1:11111", CredentialFile = Token() }, new() { Address = "http://localhost:11112" }]);
        Assert.Equal(new Uri("https://127.0.0.1:11111"), known.AddressOf(IPAddress.Loopback, 11111));
        Assert.Equal(new Uri("https://127.0.0.1:11111"), known.AddressOf("127.0.0.1", 11111));
        Assert.Equal(new Uri("http://localhost:11112"), known.AddressOf(IPAddress.Loopback, 11112));
        Assert.Null(known.AddressOf(IPAddress.Parse("127.0.0.2"), 11111));
        Assert.Null(known.AddressOf(IPAddress.Loopback, 11113));
        Assert.NotNull(known.Apply(new(), new Uri("https://127.0.0.1:11111")).Credential);
        foreach (var other in (string[])["http://127.0.0.1:11111", "https://127.0.0.2:11111", "https://127.0.0.1:11113", "http://localhost:11112"])
            Assert.Null(known.Apply(new(), new Uri(other)).Credential);
    }

    [Fact]
    public void A_secret_that_cannot_be_had_is_an_error_that_says_which()
    {
        var file = new KnownServers([new() { Address = "http://127.0.0.1:1", CredentialFile = "/nowhere/token" }]);
        Assert.Contains("/nowhere/token", Assert.Throws<InvalidDataException>(() => file.Apply(new(), new Uri("http://127.0.0.1:1"))).Message, StringComparison.Ordinal);
        var variable = new KnownServers([new() { Address = "http://127.0.0.1:1", CredentialVariable = "ALPACA_NOT_SET" }]);
        Assert.Contains("ALPACA_NOT_SET", Assert.Throws<InvalidDataException>(() => variable.Apply(new(), new Uri("http://127.0.0.1:1"))).Message, StringComparison.Ordinal);
    }

    private static int FreeUdpPort()
    {
        using var socket = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    private string Token()
    {
        var path = Path.Combine(_folder, "token");
        File.WriteAllText(path, Secret);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
