using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace Alpaca.Discovery.Tests;

/// <summary>The loopback as these tests use it: a UDP port of their own, and raw sockets that speak bytes.</summary>
internal static class Loopback
{
    public static readonly IPAddress Broadcast = IPAddress.Parse("127.255.255.255");

    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static DiscoveryResponder Start(int alpacaPort, DiscoveryOptions options)
    {
        var responder = new DiscoveryResponder(alpacaPort, options);
        responder.Start();
        return responder;
    }

    public static Socket Client()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    public static Task SendAsync(this Socket socket, string text, IPAddress address, int port) =>
        socket.SendToAsync(Encoding.ASCII.GetBytes(text), SocketFlags.None, new IPEndPoint(address, port));

    public static async Task<string> ReceiveAsync(this Socket socket)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var buffer = new byte[100];
        var any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, deadline.Token);
        return Encoding.ASCII.GetString(buffer, 0, received.ReceivedBytes);
    }

    /// <summary>
    /// An interface over which this machine can send itself an IPv6 multicast: the loopback, or failing that any other, for with hop limit 0
    /// nothing leaves the machine. 0 if there is none.
    /// </summary>
    public static int MulticastInterface()
    {
        if (!Socket.OSSupportsIPv6)
            return 0;
        foreach (var nic in NetworkInterface.GetAllNetworkInterfaces().OrderBy(n => n.NetworkInterfaceType != NetworkInterfaceType.Loopback))
        {
            if (!nic.Supports(NetworkInterfaceComponent.IPv6) || nic.GetIPProperties().UnicastAddresses.All(a => a.Address.AddressFamily != AddressFamily.InterNetworkV6))
                continue;
            var index = nic.GetIPProperties().GetIPv6Properties().Index;
            try
            {
                using var socket = MulticastClient(index);
                socket.SendTo([0], Group(index, FreePort()));
                return index;
            }
            catch (SocketException)
            {
                continue;
            }
        }

        return 0;
    }

    public static Socket MulticastClient(int index)
    {
        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = false };
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, index);
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, 0);
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastLoopback, true);
        return socket;
    }

    public static IPEndPoint Group(int index, int port) => new(new IPAddress(DiscoveryProtocol.MulticastGroup.GetAddressBytes(), index), port);
}

/// <summary>Runs where this machine can send itself an IPv6 multicast, and is skipped visibly where it cannot.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MulticastFactAttribute : FactAttribute
{
    public MulticastFactAttribute()
    {
        if (Loopback.MulticastInterface() == 0)
            Skip = "No interface of this machine can do IPv6 multicast.";
    }
}

/// <summary>Runs where there is an IPv6 loopback, and is skipped visibly where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IPv6FactAttribute : FactAttribute
{
    public IPv6FactAttribute()
    {
        if (!LocalInterfaces.Addresses().Any(a => a.Address.Equals(IPAddress.IPv6Loopback)))
            Skip = "This machine has no IPv6 loopback.";
    }
}
