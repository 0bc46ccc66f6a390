using System.Net;
using System.Net.Sockets;

namespace Alpaca.Discovery;

/// <summary>A server that answered. One with several addresses is found once per address.</summary>
/// <param name="EndPoint">The address that answered and the HTTP port it named.</param>
public sealed record FoundServer(IPEndPoint EndPoint)
{
    /// <summary>The root of the server's URLs.</summary>
    public Uri BaseAddress { get; } = new(EndPoint.AddressFamily == AddressFamily.InterNetworkV6
        ? FormattableString.Invariant($"http://[{EndPoint.Address}]:{EndPoint.Port}/")
        : FormattableString.Invariant($"http://{EndPoint.Address}:{EndPoint.Port}/"));

    /// <summary>Whether the address that answered is one of this machine's own.</summary>
    public bool IsOnThisMachine { get; init; } = IPAddress.IsLoopback(EndPoint.Address) || LocalInterfaces.Addresses().Any(a => a.Address.Equals(EndPoint.Address));
}
