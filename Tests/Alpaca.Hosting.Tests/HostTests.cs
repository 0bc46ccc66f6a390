using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Alpaca.Discovery;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task Discovery_finds_the_server_while_it_runs()
    {
        var port = FreeUdpPort();
        await using var host = await RunningHost.StartAsync(new AlpacaHostOptions { DiscoveryPort = port });
        using var socket = new UdpClient(AddressFamily.InterNetwork);
        await socket.SendAsync(Encoding.ASCII.GetBytes("alpacadiscovery1"), new IPEndPoint(IPAddress.Loopback, port));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        var reply = await socket.ReceiveAsync(deadline.Token);
        Assert.Equal($$"""{"AlpacaPort":{{host.Address.Port}}}""", Encoding.UTF8.GetString(reply.Buffer).Replace(" ", "", StringComparison.Ordinal));
        await host.StopAsync();
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        taken.Bind(new IPEndPoint(IPAddress.Loopback, port));
    }

    [Fact]
    public async Task A_discovery_port_that_is_taken_stops_the_start()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port;
        await using var host = new AlpacaHost(new AlpacaHostOptions { Port = 0, DiscoveryPort = port }, new DeviceRegistry());
        var failure = await Assert.ThrowsAsync<DiscoveryException>(() => host.StartAsync());
        Assert.Contains($"{port}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_says_so()
    {
        await using var first = await RunningHost.StartAsync();
        await using var second = new AlpacaHost(new AlpacaHostOptions { Port = first.Address.Port }, new DeviceRegistry());
        Assert.Contains($"{first.Address.Port}", (await Assert.ThrowsAsync<IOException>(() => second.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_is_no_address_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => new AlpacaHost(new AlpacaHostOptions { Host = "observatory" }, new DeviceRegistry()));
        Assert.Contains("observatory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_given_address_is_listened_on()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => other.ConnectAsync(IPAddress.Parse("127.0.0.2"), host.Address.Port));
    }

    [Fact]
    public async Task A_stop_cancels_the_requests_under_way()
    {
        var silent = new SilentFocuser();
        await using var host = await RunningHost.StartAsync(silent);
        var pending = host.GetAsync("/api/v1/focuser/0/description");
        await silent.Asked.Task;
        await host.StopAsync();
        Assert.Equal(0x40E, (await pending).Error);
    }

    [Fact]
    public async Task A_stop_ends_within_its_limit_even_if_a_driver_hangs()
    {
        var silent = new SilentFocuser();
        await using var host = await RunningHost.StartAsync(new AlpacaHostOptions { ShutdownTimeout = TimeSpan.FromMilliseconds(200) }, silent);
        var pending = host.PutAsync("/api/v1/focuser/0/move", "Position=1");
        await silent.Asked.Task;
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System);
        await Assert.ThrowsAsync<HttpRequestException>(() => pending);
    }

    [Fact]
    public async Task A_request_that_is_not_even_http_gets_no_answer_from_a_device()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await socket.GetStream().WriteAsync("GET /api/v1/focuser/0/position HTTP/1.1\r\nHost: a b\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(socket.GetStream());
        Assert.Contains("400", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_fill_the_gaps_and_clashes_are_refused()
    {
        var registry = new DeviceRegistry();
        var first = registry.Add(new TestFocuser(), "First", "1");
        registry.Add(new TestFocuser(), "Second", "2");
        registry.Remove(first);
        Assert.Equal(0u, registry.Add(new TestFocuser(), "Third", "3").Number);
        Assert.Equal(2u, registry.Add(new TestFocuser(), "Fourth", "4").Number);
        Assert.Contains("Second", Assert.Throws<ArgumentException>(() => registry.Add(new TestFocuser(), "Fifth", "5", number: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Second", Assert.Throws<ArgumentException>(() => registry.Add(new TestTelescope(), "Sixth", "2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unique_ids_survive_a_restart_and_differ()
    {
        var directory = Directory.CreateTempSubdirectory("alpaca-ids-").FullName;
        try
        {
            var store = UniqueIdStore.Open(Path.Combine(directory, "state"));
            var (camera, mount) = (store.IdOf("camera"), store.IdOf("mount"));
            Assert.True(Guid.TryParse(camera, out _));
            Assert.NotEqual(camera, mount);
            Assert.Equal(camera, store.IdOf("camera"));

            var again = UniqueIdStore.Open(Path.Combine(directory, "state"));
            Assert.Equal((camera, mount), (again.IdOf("camera"), again.IdOf("mount")));
            Assert.NotEqual(camera, again.IdOf("dome"));
            var file = Assert.Single(Directory.GetFiles(Path.Combine(directory, "state")));
            Assert.Equal(3, JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.EnumerateObject().Count());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_damaged_id_file_stops_the_start_instead_of_giving_new_ids()
    {
        var directory = Directory.CreateTempSubdirectory("alpaca-ids-").FullName;
        try
        {
            UniqueIdStore.Open(directory).IdOf("camera");
            var file = Directory.GetFiles(directory).Single();
            File.WriteAllText(file, File.ReadAllText(file)[..10]);
            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => UniqueIdStore.Open(directory)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static int FreeUdpPort()
    {
        using var socket = new UdpClient(0, AddressFamily.InterNetwork);
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }
}
