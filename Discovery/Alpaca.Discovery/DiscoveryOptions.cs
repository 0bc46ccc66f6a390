using System.Net;

namespace Alpaca.Discovery;

/// <summary>Where a <see cref="DiscoveryResponder"/> listens and how much it answers.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>UDP port; the standard's unless a test needs its own.</summary>
    public int Port { get; init; } = DiscoveryProtocol.Port;

    /// <summary>
    /// The addresses on which the HTTP server listens, for a client takes the address that answered as the server's.
    /// <see cref="IPAddress.Any"/> and <see cref="IPAddress.IPv6Any"/> mean every interface.
    /// </summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Any, IPAddress.IPv6Any];

    /// <summary>Replies per second that one source address gets in the long run.</summary>
    public double RepliesPerSecond { get; init; } = 10;

    /// <summary>Replies that one source address gets at once after a rest.</summary>
    public int Burst { get; init; } = 20;

    /// <summary>Replies per second to all sources together: the bound on what forged source addresses can make this server send.</summary>
    public double TotalRepliesPerSecond { get; init; } = 500;

    /// <summary>Source addresses remembered at a time. While the table is full, new sources are not answered.</summary>
    public int MaximumSources { get; init; } = 1024;

    /// <summary>The options for an HTTP server bound to one address; <see cref="IPAddress.IPv6Any"/> is taken as both families, as Kestrel does.</summary>
    public static DiscoveryOptions For(IPAddress httpAddress, int port = DiscoveryProtocol.Port) => new()
    {
        Port = port,
        Addresses = IPAddress.IPv6Any.Equals(httpAddress) ? [IPAddress.Any, IPAddress.IPv6Any] : [httpAddress],
    };
}
