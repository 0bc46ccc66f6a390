namespace Benchmarks.Streams;

/// <summary>One case.</summary>
/// <param name="Name">What was done.</param>
/// <param name="PerSecond">Frames or windows per second.</param>
/// <param name="Rate">10^6 bytes of the source per second.</param>
/// <param name="CopyRate">10^6 bytes per second of copying the same number of bytes from memory to memory, measured beside it.</param>
/// <param name="ReferenceRate">10^6 bytes per second of the original reader, measured once on another day on a machine of this kind; 0: not known.</param>
internal sealed record Measurement(string Name, double PerSecond, double Rate, double CopyRate, double ReferenceRate)
{
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
        double best = double.MaxValue, bestCopy = double.MaxValue;
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < length)
        {
            best = Math.Min(best, Time(clock, work));
            bestCopy = Math.Min(bestCopy, Time(clock, () => source.CopyTo(target, 0)));
        }

        return new Measurement(name, 1 / best, bytes / best / 1e6, bytes / bestCopy / 1e6, reference);
    }

    private static double Time(TimeProvider clock, Action work)
    {
        // Small pieces are repeated until the clock sees them.
        var begun = clock.GetTimestamp();
        var count = 0;
        do
        {
            work();
            count++;
        }
        while (clock.GetElapsedTime(begun) < TimeSpan.FromMilliseconds(10));
        return clock.GetElapsedTime(begun).TotalSeconds / count;
    }
}
