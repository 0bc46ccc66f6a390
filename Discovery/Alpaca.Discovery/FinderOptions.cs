using System.Net;

namespace Alpaca.Discovery;

/// <summary>Where and how long an <see cref="AlpacaFinder"/> looks.</summary>
public sealed record FinderOptions
{
    /// <summary>UDP port; the standard's unless a test needs its own.</summary>
    public int Port { get; init; } = DiscoveryProtocol.Port;

    /// <summary>How long to listen for replies, in real time.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often to ask within the wait, evenly spread over its first half: datagrams get lost.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Whether to ask by IPv6 multicast too.</summary>
    public bool IPv6 { get; init; } = true;

    /// <summary>Whether to ask this machine only, by way of the loopback.</summary>
    public bool LoopbackOnly { get; init; }

    /// <summary>Addresses to ask besides (or, with <see cref="OnlyTargets"/>, instead of) the local networks: single hosts, or broadcast addresses of routed networks.</summary>
    public IReadOnlyList<IPAddress> Targets { get; init; } = [];

    /// <summary>Whether to ask the <see cref="Targets"/> only.</summary>
    public bool OnlyTargets { get; init; }

    /// <summary>Servers after which the search ends: a bound, for anyone can answer.</summary>
    public int MaximumServers { get; init; } = 256;
}
