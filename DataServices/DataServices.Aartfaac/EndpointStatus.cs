namespace DataServices.Aartfaac;

/// <summary>What is known of one subband.</summary>
/// <param name="Endpoint">Where it is served.</param>
/// <param name="IsConnected">Whether there is a connection now.</param>
/// <param name="Connections">Connections made so far.</param>
/// <param name="Windows">Windows taken.</param>
/// <param name="Bytes">Bytes received over closed connections and the windows of the open one.</param>
/// <param name="Rejected">Windows rejected, by reason.</param>
/// <param name="LastStamp">Newest DATE-OBS.</param>
/// <param name="LastArrival">When the newest window came.</param>
/// <param name="Latency">From its DATE-OBS to its arrival.</param>
/// <param name="Gaps">Time steps given out without this subband.</param>
/// <param name="IsSilent">Whether it has been silent for longer than it should.</param>
/// <param name="LastError">Why the last connection ended, in words.</param>
public sealed record EndpointStatus(
    AartfaacEndpoint Endpoint, bool IsConnected, long Connections, long Windows, long Bytes, IReadOnlyDictionary<WindowRejection, long> Rejected,
    DateTimeOffset? LastStamp, DateTimeOffset? LastArrival, TimeSpan? Latency, long Gaps, bool IsSilent, string? LastError)
{
    /// <summary>Connections made after the first.</summary>
    public long Reconnects => Math.Max(0, Connections - 1);
}

/// <summary>What is known of the whole stream.</summary>
/// <param name="Endpoints">Each subband.</param>
/// <param name="Complete">Complete groups.</param>
/// <param name="Partial">Incomplete groups.</param>
/// <param name="Late">Images that came after their group.</param>
/// <param name="Duplicates">Images that came twice.</param>
/// <param name="GroupsDropped">Groups nobody took in time.</param>
/// <param name="QueueDepth">Groups waiting for the consumer.</param>
public sealed record StreamStatus(
    IReadOnlyList<EndpointStatus> Endpoints, long Complete, long Partial, long Late, long Duplicates, long GroupsDropped, int QueueDepth)
{
    /// <summary>Whether an expected subband is silent.</summary>
    public bool IsDegraded => Endpoints.Any(endpoint => endpoint.IsSilent);

    /// <summary>Health in a sentence: which subbands are silent, and why as far as it is known.</summary>
    public string Health => IsDegraded
        ? "degraded: " + string.Join(
            "; ", Endpoints.Where(endpoint => endpoint.IsSilent).Select(endpoint => $"{endpoint.Endpoint} is silent{(endpoint.LastError is { } why ? $" ({why})" : "")}"))
        : "healthy";
}
