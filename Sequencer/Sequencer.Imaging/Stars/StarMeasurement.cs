namespace Sequencer.Imaging;

/// <summary>Measures one star: a Gaussian weight follows its centre and its width until both stand still, then flux and half-flux diameter.</summary>
internal static class StarMeasurement
{
    private const int MaxRounds = 20;
    private const double SigmaToFwhm = 2.3548200450309493;

    public static Star? Measure(ReadOnlySpan<ushort> pixels, int width, int height, in Blob blob, BackgroundMesh background, int saturation, int maxRadius)
    {
        var (level, noise) = background.At(blob.PeakX, blob.PeakY);
        if (IsHotPixel(pixels, width, height, blob, level, noise))
            return null;

        double x = blob.ExcessX / blob.Excess, y = blob.ExcessY / blob.Excess;
        var extent = Math.Sqrt(blob.Pixels / Math.PI);
        var radius = Math.Min(maxRadius, (int)Math.Ceiling(2 * extent) + 4);
        if (x < 2 || y < 2 || x > width - 3 || y > height - 3)
            return null;

        var (moments, sigma) = Converge(pixels, width, height, ref x, ref y, level, Math.Max(1, extent / 1.5), radius);
        if (moments is null)
            return null;

        double flux = 0, fluxRadius = 0;
        var saturated = false;
        foreach (var (dx, dy, value) in Aperture(pixels, width, height, x, y, radius))
        {
            flux += value - level;
            fluxRadius += (value - level) * Math.Sqrt(dx * dx + dy * dy);
            saturated |= value >= saturation;
        }

        if (flux <= 0 || fluxRadius <= 0)
            return null;
        return new Star(x, y, flux, blob.Peak, SigmaToFwhm * sigma, 2 * fluxRadius / flux, Ellipticity(moments.Value, sigma), saturated);
    }

    // A star is spread over its neighbours by the optics; a hot pixel or a cosmic ray stands alone.
    private static bool IsHotPixel(ReadOnlySpan<ushort> pixels, int width, int height, in Blob blob, float level, float noise)
    {
        double around = 0;
        for (var y = Math.Max(0, blob.PeakY - 1); y <= Math.Min(height - 1, blob.PeakY + 1); y++)
        {
            for (var x = Math.Max(0, blob.PeakX - 1); x <= Math.Min(width - 1, blob.PeakX + 1); x++)
            {
                if (x != blob.PeakX || y != blob.PeakY)
                    around += pixels[y * width + x] - level;
            }
        }

        const double leastShare = 0.15, leastSigmas = 2.5;
        return around < Math.Max(leastShare * blob.Peak, leastSigmas * noise * Math.Sqrt(8));
    }

    private readonly record struct Moments(double Xx, double Yy, double Xy);

    // With a weight as wide as the star the weighted second moment is half the true one; iterating on that finds both.
    private static (Moments? Moments, double Sigma) Converge(
        ReadOnlySpan<ushort> pixels, int width, int height, ref double x, ref double y, float level, double sigma, int radius)
    {
        var startX = x;
        var startY = y;
        Moments moments = default;
        Span<double> across = stackalloc double[2 * radius + 3];
        for (var round = 0; round < MaxRounds; round++)
        {
            double sum = 0, sumX = 0, sumY = 0, sumXx = 0, sumYy = 0, sumXy = 0;
            // Beyond four sigma the weight is below 1/3000. It is the product of a factor per column and one per row.
            var reach = Math.Min(radius, (int)Math.Ceiling(4 * sigma));
            int left = Math.Max(0, (int)Math.Round(x) - reach), right = Math.Min(width - 1, (int)Math.Round(x) + reach);
            int top = Math.Max(0, (int)Math.Round(y) - reach), bottom = Math.Min(height - 1, (int)Math.Round(y) + reach);
            for (var column = left; column <= right; column++)
                across[column - left] = Math.Exp(-(column - x) * (column - x) / (2 * sigma * sigma));
            for (var row = top; row <= bottom; row++)
            {
                var dy = row - y;
                var along = Math.Exp(-dy * dy / (2 * sigma * sigma));
                var line = pixels.Slice(row * width + left, right - left + 1);
                for (var i = 0; i < line.Length; i++)
                {
                    var dx = left + i - x;
                    var weighted = (line[i] - level) * along * across[i];
                    sum += weighted;
                    sumX += weighted * dx;
                    sumY += weighted * dy;
                    sumXx += weighted * dx * dx;
                    sumYy += weighted * dy * dy;
                    sumXy += weighted * dx * dy;
                }
            }

            if (sum <= 0)
                return (null, 0);
            double meanX = sumX / sum, meanY = sumY / sum;
            moments = new Moments(sumXx / sum - meanX * meanX, sumYy / sum - meanY * meanY, sumXy / sum - meanX * meanY);
            x += 2 * meanX;
            y += 2 * meanY;
            var next = Math.Sqrt(Math.Max(0.04, moments.Xx + moments.Yy));
            if (Math.Abs(x - startX) > radius || Math.Abs(y - startY) > radius || x < 1 || y < 1 || x > width - 2 || y > height - 2)
                return (null, 0);
            var still = Math.Abs(meanX) + Math.Abs(meanY) < 1e-3 && Math.Abs(next - sigma) < 1e-3;
            sigma = Math.Clamp(next, 0.4, radius);
            if (still)
                break;
        }

        return (moments, sigma);
    }

    // Takes the weight out again: the inverse of the weighted covariance is the sum of the inverses of star and weight.
    private static double Ellipticity(Moments moments, double sigma)
    {
        var determinant = moments.Xx * moments.Yy - moments.Xy * moments.Xy;
        if (determinant <= 0)
            return 0;
        var weight = 1 / (sigma * sigma);
        double a = moments.Yy / determinant - weight, b = moments.Xx / determinant - weight, c = -moments.Xy / determinant;
        double mean = (a + b) / 2, difference = Math.Sqrt((a - b) * (a - b) / 4 + c * c);
        return mean - difference <= 0 ? 1 : 1 - Math.Sqrt((mean - difference) / (mean + difference));
    }

    private static ApertureEnumerator Aperture(ReadOnlySpan<ushort> pixels, int width, int height, double x, double y, int radius) =>
        new(pixels, width, height, x, y, radius);

    /// <summary>The pixels whose centres lie inside a circle, with their distances from its centre.</summary>
    private ref struct ApertureEnumerator
    {
        private readonly ReadOnlySpan<ushort> _pixels;
        private readonly double _x;
        private readonly double _y;
        private readonly int _width;
        private readonly int _left;
        private readonly int _right;
        private readonly int _bottom;
        private readonly double _limit;
        private int _column;
        private int _row;

        public ApertureEnumerator(ReadOnlySpan<ushort> pixels, int width, int height, double x, double y, int radius)
        {
            _pixels = pixels;
            _width = width;
            (_x, _y) = (x, y);
            _left = Math.Max(0, (int)Math.Ceiling(x - radius));
            _right = Math.Min(width - 1, (int)Math.Floor(x + radius));
            _row = Math.Max(0, (int)Math.Ceiling(y - radius));
            _bottom = Math.Min(height - 1, (int)Math.Floor(y + radius));
            _limit = radius * (double)radius;
            _column = _left - 1;
        }

        public readonly ApertureEnumerator GetEnumerator() => this;

        public readonly (double Dx, double Dy, int Value) Current => (_column - _x, _row - _y, _pixels[_row * _width + _column]);

        public bool MoveNext()
        {
            while (_row <= _bottom)
            {
                if (++_column > _right)
                {
                    _column = _left - 1;
                    _row++;
                    continue;
                }

                double dx = _column - _x, dy = _row - _y;
                if (dx * dx + dy * dy <= _limit)
                    return true;
            }

            return false;
        }
    }
}
