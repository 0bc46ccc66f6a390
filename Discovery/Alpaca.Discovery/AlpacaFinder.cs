using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Alpaca.Discovery;

/// <summary>Finds the Alpaca servers that this machine can reach.</summary>
public static class AlpacaFinder
{
    /// <summary>Asks, waits to the end, and returns every server that answered, sorted by address.</summary>
    /// <exception cref="DiscoveryException">Not one request could be sent.</exception>
    public static async Task<IReadOnlyList<FoundServer>> FindAsync(FinderOptions? options = null, CancellationToken cancel = default)
    {
        var found = new List<FoundServer>();
        await foreach (var server in EnumerateAsync(options, cancel))
            found.Add(server);
        return [.. found.OrderBy(s => s.EndPoint.AddressFamily).ThenBy(s => s.EndPoint.Address.ToString(), StringComparer.Ordinal).ThenBy(s => s.EndPoint.Port)];
    }

    /// <summary>Asks, and yields each server once, as it answers. Whoever has found what was wanted can stop early.</summary>
    /// <exception cref="DiscoveryException">Not one request could be sent.</exception>
    public static async IAsyncEnumerable<FoundServer> EnumerateAsync(FinderOptions? options = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        options ??= new FinderOptions();
        var targets = TargetsOf(options);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(options.Wait);
        using var sockets = new FinderSockets(targets, options.LoopbackOnly);
        // Bounded, and full means wait: unread datagrams stay in the kernel's buffer, which is bounded too.
        var replies = Channel.CreateBounded<FoundServer>(64);
        var receivers = sockets.All.Select(s => ReceiveAsync(s, replies.Writer, deadline.Token)).ToList();
        var sender = SendAsync(sockets, targets, options, deadline);
        var seen = new HashSet<IPEndPoint>();
        try
        {
            while (await NextAsync(replies.Reader, deadline.Token) is { } server)
            {
                if (!seen.Add(server.EndPoint))
                    continue;
                yield return server;
                if (seen.Count >= options.MaximumServers)
                    break;
            }
        }
        finally
        {
            await deadline.CancelAsync();
            await Task.WhenAll(receivers);
            await sender;
        }

        cancel.ThrowIfCancellationRequested();
    }

    private static List<IPEndPoint> TargetsOf(FinderOptions options)
    {
        var targets = options.Targets.ToList();
        if (!options.OnlyTargets)
        {
            foreach (var local in LocalInterfaces.Addresses().Where(a => a.IsLoopback || !options.LoopbackOnly))
            {
                if (local.Address.AddressFamily == AddressFamily.InterNetworkV6)
                    targets.Add(new IPAddress(DiscoveryProtocol.MulticastGroup.GetAddressBytes(), local.Index));
                else if (local.Broadcast is { } broadcast)
                    targets.Add(broadcast);
                // Linux gives the loopback no multicast route as a rule, and elsewhere it has no broadcast: ask by unicast as well.
                if (local.IsLoopback)
                    targets.Add(local.Address);
            }
        }

        return [.. targets.Where(t => options.IPv6 || t.AddressFamily == AddressFamily.InterNetwork).Distinct().Select(t => new IPEndPoint(t, options.Port))];
    }

    private static async Task SendAsync(FinderSockets sockets, List<IPEndPoint> targets, FinderOptions options, CancellationTokenSource deadline)
    {
        SocketException? failure = null;
        try
        {
            for (var round = 0; round < options.Rounds; round++)
            {
                var sent = 0;
                foreach (var target in targets)
                {
                    try
                    {
                        await sockets.For(target).SendToAsync(DiscoveryProtocol.Request, SocketFlags.None, target, deadline.Token);
                        sent++;
                    }
                    catch (SocketException e)
                    {
                        // One network that cannot be reached does not keep us from the others.
                        failure = e;
                    }
                }

                if (sent == 0)
                {
                    await deadline.CancelAsync();
                    throw new DiscoveryException(
                        $"Discovery could not ask anybody on UDP port {options.Port}: {failure?.Message ?? "there is no network interface to ask through."} " +
                        "Check the network, or name the server's address in the configuration.",
                        failure);
                }

                await Task.Delay(options.Wait / 2 / Math.Max(1, options.Rounds), TimeProvider.System, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return;
        }
    }

    private static async Task ReceiveAsync(Socket socket, ChannelWriter<FoundServer> replies, CancellationToken cancel)
    {
        var buffer = new byte[DiscoveryProtocol.MaximumDatagram];
        var anyone = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancel);
                if (DiscoveryProtocol.PortIn(buffer.AsSpan(0, received.ReceivedBytes)) is { } port)
                    await replies.WriteAsync(new FoundServer(new IPEndPoint(((IPEndPoint)received.RemoteEndPoint).Address, port)), cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.MessageSize)
            {
                // Nobody listens at an address that was asked by unicast, or somebody sent too much: the others may still answer.
                continue;
            }
        }
    }

    private static async ValueTask<FoundServer?> NextAsync(ChannelReader<FoundServer> replies, CancellationToken deadline)
    {
        try
        {
            return await replies.ReadAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
