namespace Alpaca.Devices.Loop;

/// <summary>What happened in a device's loop since the program began.</summary>
public sealed class LoopCounters
{
    private long _readings;
    private long _failures;
    private long _refusals;
    private long _losses;
    private long _recoveries;

    /// <summary>States that were read.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>Readings and commands that failed on the link.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Commands refused because too many were waiting.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    /// <summary>How often the link was lost.</summary>
    public long Losses => Interlocked.Read(ref _losses);

    /// <summary>How often it came back.</summary>
    public long Recoveries => Interlocked.Read(ref _recoveries);

    internal void CountReading() => Interlocked.Increment(ref _readings);

    internal void CountFailure() => Interlocked.Increment(ref _failures);

    internal void CountRefusal() => Interlocked.Increment(ref _refusals);

    internal void CountLoss() => Interlocked.Increment(ref _losses);

    internal void CountRecovery() => Interlocked.Increment(ref _recoveries);
}
