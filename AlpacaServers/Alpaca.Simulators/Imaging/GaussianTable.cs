namespace Alpaca.Simulators.Imaging;

/// <summary>
/// Normal noise for millions of pixels: counter-based, so that pixel i of frame n is the same whoever computes it when. Two quantiles of a table add up
/// to a sum that is normal out to five standard deviations.
/// </summary>
internal static class GaussianTable
{
    private const int Bits = 12;
    private const int Mask = (1 << Bits) - 1;

    private static readonly float[] Quantiles = MakeQuantiles();

    /// <summary>Mean 0, standard deviation 1.</summary>
    /// <param name="key">The frame's key.</param>
    /// <param name="index">The pixel.</param>
    public static float Normal(ulong key, uint index)
    {
        var z = key + (index * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return Quantiles[(z >> 52) & Mask] + Quantiles[(z >> 40) & Mask];
    }

    private static float[] MakeQuantiles()
    {
        var table = new float[1 << Bits];
        for (var i = 0; i < table.Length; i++)
            table[i] = (float)(Quantile((i + 0.5) / table.Length) / Math.Sqrt(2));
        return table;
    }

    /// <summary>Inverse of the normal distribution, by bisection: only the table is made with it.</summary>
    private static double Quantile(double p)
    {
        var (low, high) = (-6.0, 6.0);
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            if (0.5 * (1 + ErrorFunction.Of(middle / Math.Sqrt(2))) < p)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
