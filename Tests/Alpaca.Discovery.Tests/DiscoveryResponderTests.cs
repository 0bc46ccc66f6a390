using System.Net;
using System.Net.Sockets;

namespace Alpaca.Discovery.Tests;

public sealed class DiscoveryResponderTests
{
    private readonly int _port = Loopback.FreePort();

    private DiscoveryOptions OnLoopback => DiscoveryOptions.For(IPAddress.Loopback, _port);

    [Fact]
    public async Task A_unicast_request_gets_the_port_in_the_standard_form()
    {
        await using var responder = Loopback.Start(11111, OnLoopback);
        using var client = Loopback.Client();
        await client.SendAsync("alpacadiscovery1", IPAddress.Loopback, _port);
        Assert.Equal("{\"AlpacaPort\":11111}", await client.ReceiveAsync());
        Assert.Equal(1, responder.Counters.Answered);
    }

    [Fact]
    public async Task A_request_of_a_later_version_with_more_after_the_word_is_answered()
    {
        await using var responder = Loopback.Start(11111, OnLoopback);
        using var client = Loopback.Client();
        await client.SendAsync("alpacadiscovery12 and more", IPAddress.Loopback, _port);
        Assert.Equal("{\"AlpacaPort\":11111}", await client.ReceiveAsync());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task Servers_that_share_the_port_all_answer_a_broadcast(bool firstOnAny, bool secondOnAny)
    {
        await using var first = Loopback.Start(20001, firstOnAny ? DiscoveryOptions.For(IPAddress.Any, _port) : OnLoopback);
        await using var second = Loopback.Start(20002, secondOnAny ? DiscoveryOptions.For(IPAddress.Any, _port) : OnLoopback);
        using var client = Loopback.Client();
        await client.SendAsync("alpacadiscovery1", Loopback.Broadcast, _port);
        string[] replies = [await client.ReceiveAsync(), await client.ReceiveAsync()];
        Assert.Equal(["{\"AlpacaPort\":20001}", "{\"AlpacaPort\":20002}"], replies.Order());
    }

    [MulticastFact]
    public async Task Servers_that_share_the_port_all_answer_an_IPv6_multicast()
    {
        var index = Loopback.MulticastInterface();
        var options = new DiscoveryOptions { Port = _port, Addresses = [IPAddress.IPv6Any] };
        await using var first = Loopback.Start(20001, options);
        await using var second = Loopback.Start(20002, options);
        using var client = Loopback.MulticastClient(index);
        await client.SendToAsync("alpacadiscovery1"u8.ToArray(), SocketFlags.None, Loopback.Group(index, _port));
        string[] replies = [await client.ReceiveAsync(), await client.ReceiveAsync()];
        Assert.Equal(["{\"AlpacaPort\":20001}", "{\"AlpacaPort\":20002}"], replies.Order());
    }

    [MulticastFact]
    public async Task A_server_on_the_IPv6_loopback_only_does_not_answer_other_interfaces()
    {
        var index = Loopback.MulticastInterface();
        await using var responder = Loopback.Start(20001, DiscoveryOptions.For(IPAddress.IPv6Loopback, _port));
        await using var everywhere = Loopback.Start(20002, new DiscoveryOptions { Port = _port, Addresses = [IPAddress.IPv6Any] });
        using var client = Loopback.MulticastClient(index);
        var request = client.SendToAsync("alpacadiscovery1"u8.ToArray(), SocketFlags.None, Loopback.Group(index, _port));
        await request;
        Assert.Equal("{\"AlpacaPort\":20002}", await client.ReceiveAsync());
        if (!LocalInterfaces.Addresses().Any(a => a.Index == index && a.IsLoopback))
            Assert.Equal(0, responder.Counters.Answered);
    }

    [Fact]
    public async Task What_is_no_request_is_ignored_and_counted()
    {
        await using var responder = Loopback.Start(11111, OnLoopback);
        using var client = Loopback.Client();
        foreach (var text in new[] { "", "alpacadiscovery", "alpacadiscovery2", "ALPACADISCOVERY1", "{\"AlpacaPort\":11111}", " alpacadiscovery1" })
            await client.SendAsync(text, IPAddress.Loopback, _port);
        await client.SendAsync("alpacadiscovery1" + new string('x', DiscoveryProtocol.MaximumDatagram - 15), IPAddress.Loopback, _port);
        await client.SendAsync("alpacadiscovery1" + new string('x', 40_000), IPAddress.Loopback, _port);
        await client.SendAsync("alpacadiscovery1" + new string('x', DiscoveryProtocol.MaximumDatagram - 16), IPAddress.Loopback, _port);

        Assert.Equal("{\"AlpacaPort\":11111}", await client.ReceiveAsync());
        Assert.Equal(new DiscoveryCounters { Answered = 1, Malformed = 6, Oversized = 2 }, responder.Counters);
    }

    [Fact]
    public async Task A_flood_gets_no_more_than_the_burst()
    {
        await using var responder = Loopback.Start(11111, OnLoopback with { Burst = 5, RepliesPerSecond = 0.0001 });
        using var client = Loopback.Client();
        for (var i = 0; i < 50; i++)
            await client.SendAsync("alpacadiscovery1", IPAddress.Loopback, _port);
        await client.SendAsync("end", IPAddress.Loopback, _port);
        for (var i = 0; i < 5; i++)
            await client.ReceiveAsync();
        using var deadline = new CancellationTokenSource(Loopback.Deadline);
        while (responder.Counters.Malformed == 0)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(new DiscoveryCounters { Answered = 5, Limited = 45, Malformed = 1 }, responder.Counters);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task After_it_is_disposed_nothing_answers()
    {
        var responder = Loopback.Start(20001, OnLoopback);
        await using var other = Loopback.Start(20002, OnLoopback);
        await responder.DisposeAsync();
        await responder.DisposeAsync();
        using var client = Loopback.Client();
        await client.SendAsync("alpacadiscovery1", Loopback.Broadcast, _port);
        Assert.Equal("{\"AlpacaPort\":20002}", await client.ReceiveAsync());
        Assert.Equal(0, responder.Counters.Answered);
        Assert.Throws<ObjectDisposedException>(responder.Start);
    }

    [Fact]
    public void A_port_that_another_program_holds_for_itself_is_named()
    {
        using var hog = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        hog.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        var failure = Assert.Throws<DiscoveryException>(new DiscoveryResponder(11111, OnLoopback).Start);
        Assert.Contains($"127.0.0.1, UDP port {_port}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void A_port_that_is_none_is_refused(int port) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscoveryResponder(port, OnLoopback));
}
