namespace Sequencer.Imaging;

/// <summary>
/// The stretch that makes a linear frame visible: black just under the sky, and a midtones transfer function that lifts the sky to a
/// quarter of full brightness while the brightest pixel stays white.
/// </summary>
public static class AutoStretch
{
    private const double SkyBrightness = 0.25;
    private const double BlackSigmas = 2.8;

    // A frame of nothing but sky would otherwise use all greys for its noise.
    private const double LeastRange = 256;

    /// <summary>Brightness 0 to 255 of every 16-bit value.</summary>
    /// <param name="statistics">The frame's, or one colour's.</param>
    /// <param name="white">Value that becomes white; the frame's maximum when null. Give all colours the same one, or bright stars lose their tints.</param>
    public static byte[] Table(ImageStatistics statistics, int? white = null)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        var black = Math.Max(0, statistics.Background - BlackSigmas * Math.Max(statistics.Noise, 0.5));
        var range = Math.Max(LeastRange, (white ?? statistics.Max) - black);
        var sky = (statistics.Background - black) / range;
        // The function is its own inverse in this sense: the midtone that maps the sky to a brightness is that brightness' image of the sky.
        var midtone = Midtones(SkyBrightness, Math.Clamp(sky, 1e-6, 0.999));
        var table = new byte[65536];
        for (var value = 0; value < table.Length; value++)
            table[value] = (byte)Math.Round(255 * Midtones(midtone, Math.Clamp((value - black) / range, 0, 1)));
        return table;
    }

    /// <summary>Midtones transfer function: 0 to 0, 1 to 1, <paramref name="midtone"/> to one half.</summary>
    public static double Midtones(double midtone, double value) =>
        value <= 0 ? 0 : value >= 1 ? 1 : (midtone - 1) * value / ((2 * midtone - 1) * value - midtone);
}
