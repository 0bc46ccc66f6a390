using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alpaca.Hosting.Tests.Hostile;

/// <summary>Clients that are slow, silent, many, or gone.</summary>
[Collection(HostileTests.Name)]
public sealed class ConnectionTests
{
    private const string Poll = "GET /api/v1/telescope/0/name HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Fact]
    public async Task Headers_that_never_end_are_cut_off()
    {
        await using var ground = await Ground.StartAsync();
        await Parallel(150, async () =>
        {
            await using var wire = await ground.ConnectAsync();
            await wire.SendAsync("GET /api/v1/focuser/0/position HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            Assert.Contains((await wire.ReadReplyAsync()).Status, (int[])[0, 408]);
        });
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task Headers_that_drip_are_cut_off_however_steadily()
    {
        await using var ground = await Ground.StartAsync();
        await Parallel(30, async () =>
        {
            await using var wire = await ground.ConnectAsync();
            await wire.SendAsync("GET /api/v1/focuser/0/position HTTP/1.1\r\nHost: localhost\r\n");
            var reply = wire.ReadReplyAsync();
            try
            {
                while (!reply.IsCompleted)
                {
                    await wire.SendAsync("X: y\r\n");
                    await Task.WhenAny(reply, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
                }
            }
            catch (IOException)
            {
                // Cut off while sending: that is it.
            }

            Assert.Contains((await reply).Status, (int[])[0, 408, 431]);
        });
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task A_form_that_never_ends_is_cut_off_and_nothing_moves()
    {
        await using var ground = await Ground.StartAsync();
        await Parallel(100, async () =>
        {
            await using var wire = await ground.ConnectAsync();
            await wire.SendAsync("PUT /api/v1/focuser/0/move HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nPosition=1");
            Assert.Contains((await wire.ReadReplyAsync()).Status, (int[])[0, 408]);
        });
        Assert.True((await ground.MetricsAsync())["alpaca_refused_total", ("reason", "too_slow")] > 0);
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task Connections_that_say_nothing_or_are_half_closed_are_closed()
    {
        await using var ground = await Ground.StartAsync();
        await Parallel(100, async () =>
        {
            await using var wire = await ground.ConnectAsync();
            Assert.Empty(await wire.ReadToEndAsync());
        });
        await Parallel(50, async () =>
        {
            await using var wire = await ground.ConnectAsync();
            await wire.SendAsync(Poll);
            wire.Socket.Shutdown(SocketShutdown.Send);

            // Kestrel takes the end of what a client sends for the end of the client: the answer may have been quicker.
            Assert.Contains((await wire.ReadReplyAsync()).Status, (int[])[0, 200]);
            Assert.Empty(await wire.ReadToEndAsync());
        });
        await ground.ShouldStandAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_of_ten_megabytes_is_refused_without_being_kept(bool isChunked)
    {
        await using var ground = await Ground.StartAsync();
        var block = Encoding.ASCII.GetBytes((isChunked ? "10000\r\n" : "") + new string('x', 65536) + (isChunked ? "\r\n" : ""));
        await Parallel(20, async () =>
        {
            await using var wire = await ground.ConnectAsync();
            await wire.SendAsync(
                "PUT /api/v1/focuser/0/move HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + (isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 10485760\r\n\r\n"));
            var reply = wire.ReadReplyAsync();
            try
            {
                for (var i = 0; i < 160 && !reply.IsCompleted; i++)
                    await wire.SendAsync(block);
            }
            catch (IOException)
            {
                // The server has answered and closed; whether the answer got through is up to the network.
            }

            Assert.Contains((await reply).Status, (int[])[0, 413]);
        });
        Assert.True((await ground.MetricsAsync())["alpaca_refused_total", ("reason", "too_long")] > 0);
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task One_address_with_a_thousand_connections_leaves_room_for_others()
    {
        await using var ground = await Ground.StartAsync();
        var limit = new AlpacaHostOptions().MaxConnectionsPerAddress;
        var wires = new List<Wire>();
        try
        {
            var turnedAway = 0;
            for (var i = 0; i < 1000; i++)
            {
                try
                {
                    wires.Add(await ground.ConnectAsync());
                }
                catch (SocketException)
                {
                    turnedAway++;
                }
            }

            // Those over the limit are told so, or, when too many are being told, just closed.
            Assert.True(turnedAway < 1000 - limit, $"{turnedAway} of 1000 were not even accepted.");
            var statuses = await Task.WhenAll(wires.Select(async wire =>
            {
                try
                {
                    await wire.SendAsync(Poll);
                    return await wire.ReadReplyAsync();
                }
                catch (IOException)
                {
                    return (0, "", []);
                }
            }));
            Assert.Equal(limit, statuses.Count(s => s.Item1 == 200));
            Assert.All(statuses, s => Assert.Contains(s.Item1, (int[])[0, 200, 503]));
            Assert.Contains(statuses, s => s.Item1 == 503 && Encoding.UTF8.GetString(s.Item3).Contains("security.max_connections_per_address", StringComparison.Ordinal));
            Assert.Equal(1000 - limit, (await ground.MetricsAsync())["alpaca_refused_total", ("reason", "too_many_connections_of_address")]);

            // Others, and new ones, are served all the same.
            await using var other = await ground.ConnectAsync(IPAddress.Parse("127.0.0.67"));
            await other.SendAsync(Poll);
            Assert.Equal(200, (await other.ReadReplyAsync()).Status);
        }
        finally
        {
            foreach (var wire in wires)
                await wire.DisposeAsync();
            wires.Clear();
        }

        await ground.AloneAsync();
        await using var again = await ground.ConnectAsync();
        await again.SendAsync(Poll);
        Assert.Equal(200, (await again.ReadReplyAsync()).Status);
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task A_thousand_connections_of_many_addresses_are_all_served_and_beyond_the_limit_the_connected_stay_served()
    {
        await using var ground = await Ground.StartAsync();
        var options = new AlpacaHostOptions();
        var wires = new List<Wire>();
        try
        {
            for (var i = 0; i < 1000; i++)
                wires.Add(await ground.ConnectAsync(IPAddress.Parse($"127.0.1.{1 + (i % 10)}")));
            foreach (var round in (int[])[1, 2])
            {
                await Task.WhenAll(wires.Select(async wire =>
                {
                    await wire.SendAsync(Poll);
                    Assert.Equal(200, (await wire.ReadReplyAsync()).Status);
                }));
            }

            for (var i = 1000; i < options.MaxConnections + 50; i++)
                wires.Add(await ground.ConnectAsync(IPAddress.Parse("127.0.2.1")));
            var refused = 0;
            foreach (var wire in wires.TakeLast(40))
            {
                var (status, _, body) = await wire.ReadReplyAsync();
                refused += status == 503 && Encoding.UTF8.GetString(body).Contains("security.max_connections", StringComparison.Ordinal) ? 1 : 0;
            }

            Assert.Equal(40, refused);
        }
        finally
        {
            foreach (var wire in wires)
                await wire.DisposeAsync();
            wires.Clear();
        }
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task Clients_that_vanish_in_the_middle_of_an_image_leave_nothing_behind()
    {
        await using var ground = await Ground.StartAsync();
        foreach (var (accept, clients) in ((string, int)[])[("application/imagebytes", 40), ("application/json", 10)])
        {
            await Parallel(clients, async () =>
            {
                var wire = await ground.ConnectAsync();
                await wire.SendAsync($"GET /api/v1/camera/0/imagearray HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n");
                await wire.ReceiveAsync(10_000);
                wire.Vanish();
            });
        }

        await ground.AloneAsync();
        Assert.Equal(44 + (2 * Ground.ImagePixels), (await ground.Host.GetAsync("/api/v1/camera/0/imagearray", "application/imagebytes")).Body.Length);
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task A_client_that_asks_for_an_image_and_does_not_take_it_is_cut_off()
    {
        await using var ground = await Ground.StartAsync(options => options with { MinimumReplyRate = 4 * 1024 * 1024, SlownessGrace = TimeSpan.FromSeconds(1.1) });
        var wires = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ground.ConnectAsync(receiveBuffer: 4096)));
        foreach (var wire in wires)
            await wire.SendAsync("GET /api/v1/camera/0/imagearray HTTP/1.1\r\nHost: localhost\r\nAccept: application/imagebytes\r\n\r\n");
        await ground.AloneAsync();
        Assert.True((await ground.MetricsAsync())["alpaca_refused_total", ("reason", "slow_reader")] > 0);
        foreach (var wire in wires)
            await wire.DisposeAsync();
        await ground.ShouldStandAsync();
    }

    private static Task Parallel(int count, Func<Task> attack) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => attack()));
}
