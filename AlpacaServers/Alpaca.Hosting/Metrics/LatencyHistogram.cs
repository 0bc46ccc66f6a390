namespace Alpaca.Hosting;

/// <summary>How long something took, counted in fixed classes. Recording is two additions and no allocation; many threads may record at once.</summary>
internal sealed class LatencyHistogram
{
    /// <summary>Upper bounds of the classes, seconds; one more class has no bound.</summary>
    public static readonly IReadOnlyList<double> Bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private static readonly long[] s_bounds = [.. Bounds.Select(b => (long)(b * TimeProvider.System.TimestampFrequency))];

    private readonly long[] _counts = new long[s_bounds.Length + 1];
    private long _sum;

    /// <summary>The sum of all durations, seconds.</summary>
    public double Sum => Volatile.Read(ref _sum) / (double)TimeProvider.System.TimestampFrequency;

    /// <summary>True as long as nothing has been counted.</summary>
    public bool IsEmpty => Sum == 0;

    /// <summary>Counts one duration, in timestamp units of the system's clock.</summary>
    public void Record(long duration)
    {
        var i = 0;
        while (i < s_bounds.Length && duration > s_bounds[i])
            i++;
        Interlocked.Increment(ref _counts[i]);
        Interlocked.Add(ref _sum, duration);
    }

    /// <summary>The count in each class, the unbounded one last.</summary>
    public long[] Read()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Volatile.Read(ref _counts[i]);
        return counts;
    }
}
