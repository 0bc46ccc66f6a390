namespace Alpaca.Simulators.Imaging;

/// <summary>
/// Paints stars into a frame of expected electrons. A star is a core and a halo, both Gaussian and integrated over each pixel, so that no flux is lost
/// however small it is; out of focus it is many of them spread over the annulus that the aperture and its obstruction make.
/// </summary>
internal readonly ref struct StarPainter(Span<float> frame, int width, int height)
{
    /// <summary>Share of the light in the halo, and its width in cores: what the wings of a Moffat profile hold.</summary>
    private const double Halo = 0.12, HaloWidth = 2.2;

    /// <summary>Share of the aperture's diameter that is obstructed.</summary>
    private const double Obstruction = 0.3;

    /// <summary>Contributions below this many electrons are not worth painting.</summary>
    private const double Faintest = 0.02;

    private readonly Span<float> _frame = frame;

    /// <summary>Paints a star.</summary>
    /// <param name="x">Column of its centre; 0 is the middle of the first pixel.</param>
    /// <param name="y">Row of its centre.</param>
    /// <param name="electrons">All its light.</param>
    /// <param name="sigma">Standard deviation of the core, pixels.</param>
    /// <param name="defocus">Radius of the blur circle, pixels.</param>
    public void Paint(double x, double y, double electrons, double sigma, double defocus)
    {
        if (defocus < 0.3 * sigma)
        {
            Point(x, y, electrons, sigma);
            return;
        }

        // Points in a sunflower pattern fill the annulus evenly, about one per area of the core.
        var count = Math.Clamp((int)(3 * defocus * defocus / (sigma * sigma)), 12, 600);
        var inner = Obstruction * Obstruction;
        for (var i = 0; i < count; i++)
        {
            var radius = defocus * Math.Sqrt(inner + ((1 - inner) * (i + 0.5) / count));
            var (sin, cos) = Math.SinCos(i * 2.399963229728653);
            Point(x + (radius * cos), y + (radius * sin), electrons / count, sigma);
        }
    }

    private void Point(double x, double y, double electrons, double sigma)
    {
        Gaussian(x, y, electrons * (1 - Halo), sigma);
        Gaussian(x, y, electrons * Halo, sigma * HaloWidth);
    }

    private void Gaussian(double x, double y, double electrons, double sigma)
    {
        var reach = Math.Min(Reach(electrons, sigma), 60);
        var (left, right) = ((int)Math.Ceiling(x - reach), (int)Math.Floor(x + reach));
        var (top, bottom) = ((int)Math.Ceiling(y - reach), (int)Math.Floor(y + reach));
        if (right < 0 || bottom < 0 || left >= width || top >= height)
            return;
        (left, right, top, bottom) = (Math.Max(left, 0), Math.Min(right, width - 1), Math.Max(top, 0), Math.Min(bottom, height - 1));
        if (right < left || bottom < top)
            return;
        Span<float> columns = stackalloc float[right - left + 1];
        Profile(left, columns, x, sigma, 1);
        Span<float> rows = stackalloc float[bottom - top + 1];
        Profile(top, rows, y, sigma, electrons);
        for (var row = top; row <= bottom; row++)
        {
            var weight = rows[row - top];
            var line = _frame.Slice((row * width) + left, columns.Length);
            for (var i = 0; i < line.Length; i++)
                line[i] += weight * columns[i];
        }
    }

    /// <summary>Where a Gaussian has fallen to <see cref="Faintest"/> per pixel.</summary>
    private static double Reach(double electrons, double sigma)
    {
        var peak = electrons / (2 * Math.PI * sigma * sigma);
        return 1 + (sigma * Math.Sqrt(2 * Math.Log(Math.Max(peak / Faintest, 2))));
    }

    private static void Profile(int first, Span<float> shares, double centre, double sigma, double total)
    {
        var scale = 1 / (sigma * Math.Sqrt(2));
        var before = ErrorFunction.Of((first - 0.5 - centre) * scale);
        for (var i = 0; i < shares.Length; i++)
        {
            var after = ErrorFunction.Of((first + i + 0.5 - centre) * scale);
            shares[i] = (float)(total * 0.5 * (after - before));
            before = after;
        }
    }
}
