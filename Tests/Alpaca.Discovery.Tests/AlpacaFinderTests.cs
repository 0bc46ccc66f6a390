using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alpaca.Discovery.Tests;

public sealed class AlpacaFinderTests
{
    private readonly int _port = Loopback.FreePort();

    private FinderOptions OnLoopback => new() { Port = _port, LoopbackOnly = true, Wait = TimeSpan.FromMilliseconds(200), IPv6 = false };

    [Fact]
    public async Task Every_server_bound_to_the_loopback_is_found_once()
    {
        await using var first = Loopback.Start(20001, DiscoveryOptions.For(IPAddress.Loopback, _port));
        await using var second = Loopback.Start(20002, DiscoveryOptions.For(IPAddress.Loopback, _port));
        await using var third = Loopback.Start(20003, DiscoveryOptions.For(IPAddress.Any, _port));
        var found = await AlpacaFinder.FindAsync(OnLoopback with { Wait = TimeSpan.FromSeconds(1) });
        Assert.Equal(["http://127.0.0.1:20001/", "http://127.0.0.1:20002/", "http://127.0.0.1:20003/"], found.Select(s => s.BaseAddress.ToString()));
        Assert.True(first.Counters.Answered > 1, "a request that is lost must be repeated");
    }

    [IPv6Fact]
    public async Task A_server_on_the_IPv6_loopback_is_found()
    {
        await using var responder = Loopback.Start(20001, DiscoveryOptions.For(IPAddress.IPv6Loopback, _port));
        var found = await AlpacaFinder.FindAsync(OnLoopback with { IPv6 = true, MaximumServers = 1, Wait = Loopback.Deadline });
        Assert.Equal("http://[::1]:20001/", Assert.Single(found).BaseAddress.ToString());
    }

    [Fact]
    public async Task A_search_can_stop_at_the_first_server()
    {
        await using var responder = Loopback.Start(20001, DiscoveryOptions.For(IPAddress.Loopback, _port));
        await foreach (var server in AlpacaFinder.EnumerateAsync(OnLoopback with { Wait = TimeSpan.FromMinutes(10) }))
        {
            Assert.Equal(20001, server.EndPoint.Port);
            return;
        }

        Assert.Fail("no server was found");
    }

    [Fact]
    public async Task The_number_of_servers_is_bounded()
    {
        await using var first = Loopback.Start(20001, DiscoveryOptions.For(IPAddress.Loopback, _port));
        await using var second = Loopback.Start(20002, DiscoveryOptions.For(IPAddress.Loopback, _port));
        Assert.Single(await AlpacaFinder.FindAsync(OnLoopback with { MaximumServers = 1, Wait = TimeSpan.FromMinutes(10) }));
    }

    [Fact]
    public async Task Nobody_there_is_an_empty_answer_and_not_an_error() =>
        Assert.Empty(await AlpacaFinder.FindAsync(OnLoopback with { Wait = TimeSpan.FromMilliseconds(50) }));

    [Fact]
    public async Task Nobody_to_ask_is_an_error_that_says_what_to_do()
    {
        var failure = await Assert.ThrowsAsync<DiscoveryException>(() => AlpacaFinder.FindAsync(OnLoopback with { OnlyTargets = true }));
        Assert.Contains("Check the network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_search_throws()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAsync<OperationCanceledException>(() => AlpacaFinder.FindAsync(OnLoopback with { Wait = TimeSpan.FromMinutes(10) }, cancel.Token));
    }

    [Theory]
    [InlineData("{\"AlpacaPort\":4711}", 4711)]
    [InlineData("{\"alpacaport\": 4711, \"more\": [1, 2]}", 4711)]
    [InlineData("{\"more\":{\"AlpacaPort\":1},\"AlpacaPort\":4711}", 4711)]
    [InlineData("{\"AlpacaPort\":0}", null)]
    [InlineData("{\"AlpacaPort\":65536}", null)]
    [InlineData("{\"AlpacaPort\":\"4711\"}", null)]
    [InlineData("{\"AlpacaPort\":", null)]
    [InlineData("alpacadiscovery1", null)]
    [InlineData("[4711]", null)]
    [InlineData("", null)]
    public async Task Only_replies_with_a_port_make_a_server(string reply, int? port)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        using var stop = new CancellationTokenSource();
        var answering = AnswerAsync(server, Encoding.ASCII.GetBytes(reply), stop.Token);
        var found = await AlpacaFinder.FindAsync(OnLoopback with { MaximumServers = 1, Wait = port is null ? TimeSpan.FromMilliseconds(100) : Loopback.Deadline });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Assert.Equal(port, found.SingleOrDefault()?.EndPoint.Port);
    }

    private static async Task AnswerAsync(Socket server, byte[] reply, CancellationToken cancel)
    {
        var buffer = new byte[100];
        while (true)
        {
            var request = await server.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), cancel);
            await server.SendToAsync(reply, SocketFlags.None, request.RemoteEndPoint, cancel);
        }
    }
}
