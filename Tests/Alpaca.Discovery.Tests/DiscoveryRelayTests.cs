using System.Net;
using System.Net.Sockets;

namespace Alpaca.Discovery.Tests;

/// <summary>A relay on the host, for a server in a container that no broadcast reaches: only its port is published.</summary>
public sealed class DiscoveryRelayTests
{
    private readonly int _port = Loopback.FreePort();

    [Fact]
    public Task A_server_that_hears_no_discovery_is_found_by_its_relay() => IsFoundAsync(IPAddress.Loopback);

    [IPv6Fact]
    public Task So_it_is_over_IPv6() => IsFoundAsync(IPAddress.IPv6Loopback);

    [Fact]
    public async Task While_the_server_is_away_the_relay_is_silent()
    {
        using var server = new AnsweringServer { IsThere = false };
        var clock = new HandClock();
        var changes = new List<bool>();
        await using var relay = new DiscoveryRelay(20005, DiscoveryOptions.For(IPAddress.Loopback, _port), clock, server) { Changed = changes.Add };
        await relay.StartAsync();
        Assert.Empty(await FindAsync(IPAddress.Loopback));

        server.IsThere = true;
        await clock.TickAsync(() => relay.IsAnswering);
        Assert.Equal("http://127.0.0.1:20005/", Assert.Single(await FindAsync(IPAddress.Loopback)).BaseAddress.ToString());

        server.IsThere = false;
        await clock.TickAsync(() => !relay.IsAnswering);
        Assert.Empty(await FindAsync(IPAddress.Loopback));
        Assert.Equal([true, false], changes);
    }

    [Fact]
    public async Task A_port_that_cannot_be_used_is_said_at_the_start()
    {
        using var hog = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        hog.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        await using var relay = new DiscoveryRelay(20005, DiscoveryOptions.For(IPAddress.Loopback, _port), TimeProvider.System, new AnsweringServer());
        await Assert.ThrowsAsync<DiscoveryException>(relay.StartAsync);
    }

    private async Task IsFoundAsync(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        var http = ((IPEndPoint)listener.LocalEndpoint).Port;
        var serving = ServeOnceAsync(listener);
        await using var relay = new DiscoveryRelay(http, DiscoveryOptions.For(address, _port), TimeProvider.System);
        await relay.StartAsync();
        Assert.True(relay.IsAnswering);
        var found = Assert.Single(await FindAsync(address));
        Assert.Equal(new IPEndPoint(address, http), found.EndPoint);
        await serving;
    }

    private Task<IReadOnlyList<FoundServer>> FindAsync(IPAddress address) => AlpacaFinder.FindAsync(new FinderOptions
    {
        Port = _port,
        LoopbackOnly = true,
        OnlyTargets = true,
        Targets = [address],
        Wait = TimeSpan.FromMilliseconds(300),
    });

    private static async Task ServeOnceAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new byte[4096];
        Assert.NotEqual(0, await stream.ReadAsync(request));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
    }

    private sealed class AnsweringServer : HttpMessageHandler
    {
        public bool IsThere { get; set; } = true;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => IsThere
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK))
            : Task.FromException<HttpResponseMessage>(new HttpRequestException("connection refused"));
    }

    /// <summary>A clock whose timers fire when the test says so.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly Lock _gate = new();
        private readonly List<(TimerCallback Callback, object? State)> _due = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
                _due.Add((callback, state));
            return new Handle();
        }

        /// <summary>Lets the waits end, again and again, until something is so.</summary>
        public async Task TickAsync(Func<bool> isSo)
        {
            using var deadline = new CancellationTokenSource(Loopback.Deadline);
            while (!isSo())
            {
                deadline.Token.ThrowIfCancellationRequested();
                (TimerCallback, object?)[] due;
                lock (_gate)
                {
                    due = [.. _due];
                    _due.Clear();
                }

                foreach (var (callback, state) in due)
                    callback(state);
                await Task.Yield();
            }
        }

        private sealed class Handle : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
