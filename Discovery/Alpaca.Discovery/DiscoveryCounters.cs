namespace Alpaca.Discovery;

/// <summary>What a <see cref="DiscoveryResponder"/> has received since it started.</summary>
/// <param name="Answered">Requests answered.</param>
/// <param name="Malformed">Datagrams that are no discovery request.</param>
/// <param name="Oversized">Datagrams longer than <see cref="DiscoveryProtocol.MaximumDatagram"/>.</param>
/// <param name="Limited">Requests left unanswered because their source, or all sources together, asked too often.</param>
/// <param name="Foreign">Requests that came in through an interface on which the server does not listen.</param>
/// <param name="Failed">Replies and receptions that the operating system refused.</param>
public readonly record struct DiscoveryCounters(long Answered, long Malformed, long Oversized, long Limited, long Foreign, long Failed);
