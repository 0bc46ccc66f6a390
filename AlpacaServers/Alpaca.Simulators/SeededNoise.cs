namespace Alpaca.Simulators;

/// <summary>
/// Randomness as a pure function of (seed, purpose, index): the order in which values are asked for changes nothing, so a night over HTTP and the same
/// night in one process see the same sky.
/// </summary>
internal readonly struct SeededNoise
{
    private readonly ulong _key;

    public SeededNoise(long seed, string purpose)
    {
        var key = Mix(unchecked((ulong)seed));
        foreach (var letter in purpose)
            key = Mix(key ^ letter);
        _key = key;
    }

    private SeededNoise(ulong key) => _key = key;

    /// <summary>The key itself, for generators that run through many indices at once.</summary>
    public ulong Key => _key;

    /// <summary>Noise of its own for one index, for example one frame.</summary>
    public SeededNoise For(long index) => new(Mix(_key ^ Mix(unchecked((ulong)index))));

    /// <summary>64 random bits.</summary>
    public ulong Bits(long index) => Mix(_key + (unchecked((ulong)index) * 0x9E3779B97F4A7C15));

    /// <summary>Uniform, 0 up to but not including 1.</summary>
    public double Uniform(long index) => (Bits(index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normal, mean 0, standard deviation 1 (Box and Muller).</summary>
    public double Normal(long index)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * index)));
        return radius * Math.Cos(2 * Math.PI * Uniform((2 * index) + 1));
    }

    /// <summary>Smooth noise in time: normal values at multiples of the period, joined without corners. Standard deviation below 1 between the multiples.</summary>
    public double Smooth(DateTimeOffset time, TimeSpan period)
    {
        var index = Math.DivRem(time.UtcTicks, period.Ticks, out var rest);
        var x = (double)rest / period.Ticks;
        var weight = x * x * (3 - (2 * x));
        return ((1 - weight) * Normal(index)) + (weight * Normal(index + 1));
    }

    /// <summary>A bijection that scatters 64 bits (the finalizer of SplitMix64).</summary>
    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
