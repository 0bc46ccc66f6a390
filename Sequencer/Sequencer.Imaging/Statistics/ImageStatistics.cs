namespace Sequencer.Imaging;

/// <summary>What the values of a frame say as a whole, in the camera's counts (ADU).</summary>
/// <param name="Count">Number of pixels.</param>
/// <param name="Mean">Mean of all pixels.</param>
/// <param name="Median">Median of all pixels; between two values, their mean.</param>
/// <param name="Background">Sky level: the median after clipping at 3 sigma, so that stars do not count.</param>
/// <param name="Noise">Sky noise: 1.4826 x the median absolute deviation from the background of the clipped pixels.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Saturated">Number of pixels at or above the saturation level.</param>
public sealed record ImageStatistics(long Count, double Mean, double Median, double Background, double Noise, int Min, int Max, long Saturated)
{
    private const int Levels = 65536;
    private const int ClippingRounds = 5;

    /// <summary>Ratio of the standard deviation to the median absolute deviation of a normal distribution.</summary>
    public const double MadToSigma = 1.482602218505602;

    public static ImageStatistics Of(ImageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Of(frame.Pixels.Span, frame.Saturation);
    }

    /// <summary>One pass over the pixels makes a histogram; everything else comes from its 65536 bins.</summary>
    /// <exception cref="ArgumentException">No pixels.</exception>
    public static ImageStatistics Of(ReadOnlySpan<ushort> pixels, int saturation = 65535)
    {
        if (pixels.IsEmpty)
            throw new ArgumentException("An image without pixels has no statistics.", nameof(pixels));

        var histogram = Histogram(pixels);
        int min = Array.FindIndex(histogram, n => n > 0), max = Array.FindLastIndex(histogram, n => n > 0);
        double sum = 0;
        long saturated = 0;
        for (var level = min; level <= max; level++)
        {
            sum += (double)level * histogram[level];
            if (level >= saturation)
                saturated += histogram[level];
        }

        var (background, noise) = Sky(histogram, min, max);
        return new ImageStatistics(pixels.Length, sum / pixels.Length, MedianOf(histogram, min, max), background, noise, min, max, saturated);
    }

    private static (double Background, double Noise) Sky(int[] histogram, int min, int max)
    {
        int low = min, high = max;
        double median = 0, noise = 0;
        for (var round = 0; round < ClippingRounds; round++)
        {
            median = MedianOf(histogram, low, high);
            noise = MadToSigma * Deviation(histogram, low, high, median);
            // A quantised, nearly constant sky has a MAD of 0; half a count keeps the clipping from eating everything.
            var reach = 3 * Math.Max(noise, 0.5);
            int newLow = Math.Max(min, (int)Math.Ceiling(median - reach)), newHigh = Math.Min(max, (int)Math.Floor(median + reach));
            if (newLow == low && newHigh == high)
                break;
            (low, high) = (newLow, newHigh);
        }

        return (median, noise);
    }

    // Four tables, so that equal neighbours (the usual case in a sky) do not wait for each other's increment.
    private static int[] Histogram(ReadOnlySpan<ushort> pixels)
    {
        int[] a = new int[Levels], b = new int[Levels], c = new int[Levels], d = new int[Levels];
        var i = 0;
        for (; i + 4 <= pixels.Length; i += 4)
        {
            a[pixels[i]]++;
            b[pixels[i + 1]]++;
            c[pixels[i + 2]]++;
            d[pixels[i + 3]]++;
        }

        for (; i < pixels.Length; i++)
            a[pixels[i]]++;
        for (var level = 0; level < Levels; level++)
            a[level] += b[level] + c[level] + d[level];
        return a;
    }

    private static double MedianOf(int[] histogram, int low, int high)
    {
        long count = 0;
        for (var level = low; level <= high; level++)
            count += histogram[level];

        long below = (count - 1) / 2, above = count / 2, seen = 0;
        var lower = -1;
        for (var level = low; level <= high; level++)
        {
            seen += histogram[level];
            if (lower < 0 && seen > below)
                lower = level;
            if (seen > above)
                return (lower + level) / 2.0;
        }

        return low;
    }

    // Median of |value - centre|, walking outwards from the centre on both sides. The level whose deviation passes the middle is
    // spread evenly over one count, otherwise the noise of a faint sky would come in steps of 1.48.
    private static double Deviation(int[] histogram, int low, int high, double centre)
    {
        long count = 0;
        for (var level = low; level <= high; level++)
            count += histogram[level];

        int left = (int)Math.Floor(centre), right = left + 1;
        long seen = 0;
        while (left >= low || right <= high)
        {
            var leftDistance = left >= low ? centre - left : double.PositiveInfinity;
            var rightDistance = right <= high ? right - centre : double.PositiveInfinity;
            var distance = Math.Min(leftDistance, rightDistance);
            long here = 0;
            if (leftDistance == distance)
                here += histogram[left--];
            if (rightDistance == distance)
                here += histogram[right++];
            if (2 * (seen + here) >= count)
                return Math.Max(0, distance - 0.5 + (count / 2.0 - seen) / here);
            seen += here;
        }

        return 0;
    }
}
