namespace Alpaca.Devices.Links;

/// <summary>What went over a line since it was opened, and what went wrong on it.</summary>
public sealed class DialogueCounters
{
    private long _exchanges;
    private long _timeouts;
    private long _malformed;
    private long _retries;

    /// <summary>Exchanges that ended as they should.</summary>
    public long Exchanges => Interlocked.Read(ref _exchanges);

    /// <summary>Replies that did not come, or not whole.</summary>
    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Replies that could not be replies.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Questions asked again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    internal void CountExchange() => Interlocked.Increment(ref _exchanges);

    internal void CountMalformed() => Interlocked.Increment(ref _malformed);

    /// <summary>Counts a question asked again.</summary>
    public void CountRetry() => Interlocked.Increment(ref _retries);

    internal void Count(LinkFault fault)
    {
        if (fault == LinkFault.Timeout)
            Interlocked.Increment(ref _timeouts);
        else if (fault == LinkFault.Malformed)
            Interlocked.Increment(ref _malformed);
    }
}
