namespace Benchmarks.Streams;

/// <summary>One case.</summary>
/// <param name="Name">What was done.</param>
/// <param name="PerSecond">Frames or windows per second.</param>
/// <param name="Rate">10^6 bytes of the source per second.</param>
/// <param name="CopyRate">10^6 bytes per second of copying the same number of bytes from memory to memory, measured beside it.</param>
/// <param name="ReferenceRate">10^6 bytes per second of the original reader, measured once on another day on a machine of this kind; 0: not known.</param>
internal sealed record Measurement(string Name, double PerSecond, double Rate, double CopyRate, double ReferenceRate)
{
    /// <summary>10^6 bytes per second of processor time, which other programs on the machine hardly change.</summary>
    public double ProcessorRate { get; init; }

    /// <summary>The same of the original reader over the same bytes just after; 0: it is not at hand.</summary>
    public double OriginalRate { get; init; }

    /// <summary>Alternates the work with the yardstick, so that both see the same machine; the best of each counts.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="bytes">Bytes of one piece of work.</param>
    /// <param name="length">How long.</param>
    /// <param name="reference">See <see cref="ReferenceRate"/>.</param>
    /// <param name="work">One piece of work.</param>
    public static Measurement Of(string name, long bytes, TimeSpan length, double reference, Action work)
    {
        byte[] source = new byte[bytes], target = new byte[bytes];
        new Random(1).NextBytes(source);
        var clock = TimeProvider.System;
        work();
        source.CopyTo(target, 0);
        double best = double.MaxValue, bestCopy = double.MaxValue, bestProcessor = double.MaxValue;
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < length)
        {
            var processor = Environment.CpuUsage.TotalTime;
            var (seconds, count) = Time(clock, work);
            bestProcessor = Math.Min(bestProcessor, (Environment.CpuUsage.TotalTime - processor).TotalSeconds / count);
            best = Math.Min(best, seconds / count);
            (seconds, count) = Time(clock, () => source.CopyTo(target, 0));
            bestCopy = Math.Min(bestCopy, seconds / count);
        }

        return new Measurement(name, 1 / best, bytes / best / 1e6, bytes / bestCopy / 1e6, reference) { ProcessorRate = bytes / bestProcessor / 1e6 };
    }

    private static (double Seconds, int Count) Time(TimeProvider clock, Action work)
    {
        // Small pieces are repeated until the clocks see them.
        var begun = clock.GetTimestamp();
        var count = 0;
        do
        {
            work();
            count++;
        }
        while (clock.GetElapsedTime(begun) < TimeSpan.FromMilliseconds(50));
        return (clock.GetElapsedTime(begun).TotalSeconds, count);
    }
}
