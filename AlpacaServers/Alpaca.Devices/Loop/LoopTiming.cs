namespace Alpaca.Devices.Loop;

/// <summary>How often a device is read and how long things may take. The defaults suit most instruments.</summary>
public sealed record LoopTiming
{
    /// <summary>Between readings while nothing moves.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between readings while something moves.</summary>
    public TimeSpan PollMoving { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Between readings of what changes slowly.</summary>
    public TimeSpan PollSlow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A state that was read longer ago is not given to clients any more. On the link's time.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the port may take to open.</summary>
    public TimeSpan OpenDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long identifying the device and reading it for the first time may take.</summary>
    public TimeSpan IdentifyDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a command or a reading may take in all.</summary>
    public TimeSpan CommandDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>So many failed exchanges in a row mean that the link is lost.</summary>
    public int FaultAfter { get; init; } = 3;

    /// <summary>Waits before the attempts to find a lost device; the last one repeats.</summary>
    public IReadOnlyList<TimeSpan> Backoff { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    /// <summary>So many commands may wait; more are refused.</summary>
    public int QueueLength { get; init; } = 32;
}
