using System.Net;
using System.Net.Sockets;

namespace Alpaca.Discovery;

/// <summary>One socket per address family to ask with; replies come back to it, whatever the interface.</summary>
internal sealed class FinderSockets : IDisposable
{
    private readonly Socket? _v4;
    private readonly Socket? _v6;

    public FinderSockets(IReadOnlyList<IPEndPoint> targets, bool loopbackOnly)
    {
        if (targets.Any(t => t.AddressFamily == AddressFamily.InterNetwork))
        {
            _v4 = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
            _v4.Bind(new IPEndPoint(loopbackOnly ? IPAddress.Loopback : IPAddress.Any, 0));
        }

        if (Socket.OSSupportsIPv6 && targets.Any(t => t.AddressFamily == AddressFamily.InterNetworkV6))
        {
            _v6 = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = false };
            _v6.Bind(new IPEndPoint(loopbackOnly ? IPAddress.IPv6Loopback : IPAddress.IPv6Any, 0));
        }
    }

    public IEnumerable<Socket> All => new[] { _v4, _v6 }.OfType<Socket>();

    /// <exception cref="SocketException">This machine does not speak the target's address family.</exception>
    public Socket For(IPEndPoint target) =>
        (target.AddressFamily == AddressFamily.InterNetwork ? _v4 : _v6) ?? throw new SocketException((int)SocketError.AddressFamilyNotSupported);

    public void Dispose()
    {
        _v4?.Dispose();
        _v6?.Dispose();
    }
}
