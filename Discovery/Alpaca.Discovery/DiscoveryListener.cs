using System.Net;
using System.Net.Sockets;

namespace Alpaca.Discovery;

/// <summary>
/// One socket on the discovery port, shared with every other server of this machine.
/// </summary>
/// <remarks>
/// All sockets set SO_REUSEADDR and SO_REUSEPORT (which .NET's ReuseAddress does on Unix). Linux then hands every broadcast and multicast datagram
/// to all of them, so each server answers; a unicast datagram goes to one of them only, chosen by a hash of its source. Clients that look for
/// all servers of a machine must therefore broadcast, also on the loopback (127.255.255.255).
/// </remarks>
internal sealed class DiscoveryListener : IDisposable
{
    private readonly HashSet<int> _joined = [];
    private readonly int? _interface;
    private readonly bool _multicast;

    private DiscoveryListener(IPAddress bind, int port, int? onlyInterface, bool multicast)
    {
        (_interface, _multicast) = (onlyInterface, multicast);
        Socket = new Socket(bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            if (bind.AddressFamily == AddressFamily.InterNetworkV6)
                Socket.DualMode = false;
            Socket.Bind(new IPEndPoint(bind, port));
            JoinNewInterfaces();
        }
        catch
        {
            Socket.Dispose();
            throw;
        }
    }

    public Socket Socket { get; }

    /// <summary>The sockets it takes to hear requests for an HTTP server that listens on <paramref name="address"/>.</summary>
    public static IEnumerable<DiscoveryListener> For(IPAddress address, int port)
    {
        if (IPAddress.Any.Equals(address))
            return [new DiscoveryListener(address, port, null, multicast: false)];
        if (IPAddress.IPv6Any.Equals(address))
            return Socket.OSSupportsIPv6 ? [new DiscoveryListener(address, port, null, multicast: true)] : [];

        var local = LocalInterfaces.Addresses().FirstOrDefault(a => a.Address.Equals(address));
        var listeners = new List<DiscoveryListener>();
        try
        {
            listeners.Add(new DiscoveryListener(address, port, null, multicast: false));
            // Linux delivers to a socket bound to one address only what is sent to exactly that address, and lets sockets be bound to
            // broadcast and multicast addresses; elsewhere the first socket hears the interface's broadcasts itself.
            if (!OperatingSystem.IsLinux() || local is null)
                return listeners;
            if (local.Broadcast is { } broadcast)
                listeners.Add(new DiscoveryListener(broadcast, port, null, multicast: false));
            if (address.AddressFamily == AddressFamily.InterNetwork && !local.IsLoopback)
                listeners.Add(new DiscoveryListener(IPAddress.Broadcast, port, local.Index, multicast: false));
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
                listeners.Add(new DiscoveryListener(new IPAddress(DiscoveryProtocol.MulticastGroup.GetAddressBytes(), local.Index), port, local.Index, multicast: true));
            return listeners;
        }
        catch
        {
            listeners.ForEach(l => l.Dispose());
            throw;
        }
    }

    /// <summary>Whether a datagram that came in through this interface is for this listener.</summary>
    public bool Accepts(IPPacketInformation packet) => _interface is not { } only || packet.Interface == only;

    /// <summary>Joins the multicast group on interfaces that have appeared since the last time.</summary>
    public void JoinNewInterfaces()
    {
        if (!_multicast)
            return;
        var present = LocalInterfaces.Addresses()
            .Where(a => a.Address.AddressFamily == AddressFamily.InterNetworkV6 && (_interface is not { } only || a.Index == only))
            .Select(a => a.Index).ToHashSet();
        _joined.IntersectWith(present);
        foreach (var index in present.Where(index => !_joined.Contains(index)))
        {
            try
            {
                Socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(DiscoveryProtocol.MulticastGroup, index));
                _joined.Add(index);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // The interface came back before the membership was noticed to be gone.
                _joined.Add(index);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.OperationNotSupported or SocketError.InvalidArgument)
            {
                // The interface cannot do multicast or has just gone away; unicast still works, and the next change tries again.
                continue;
            }
        }
    }

    public void Dispose() => Socket.Dispose();
}
