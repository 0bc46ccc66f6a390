namespace Sequencer.Imaging.Tests;

/// <summary>A star to be painted: place in 0-based pixels and total counts.</summary>
internal readonly record struct PaintedStar(double X, double Y, double Flux);

/// <summary>Paints frames of Gaussian stars, integrated over each pixel, with shot and read noise from a seed.</summary>
internal sealed class SkyPainter(int seed)
{
    private readonly Random _random = new(seed);

    public int Width { get; init; } = 800;

    public int Height { get; init; } = 600;

    public double Sky { get; init; } = 1000;

    public double ReadNoise { get; init; } = 5;

    /// <summary>Change of the sky level from the left edge to the right one.</summary>
    public double Slope { get; init; }

    public double Fwhm { get; init; } = 3;

    /// <summary>How much wider the star is along y than along x.</summary>
    public double Stretch { get; init; } = 1;

    public BayerPattern Bayer { get; init; }

    public ImageFrame Paint(IEnumerable<PaintedStar> stars, params (int X, int Y)[] hotPixels)
    {
        var light = new double[Width * Height];
        for (var i = 0; i < light.Length; i++)
            light[i] = Sky + Slope * (i % Width) / Width;
        foreach (var star in stars)
            Add(light, star);
        foreach (var (x, y) in hotPixels)
            light[y * Width + x] += 20_000;
        var pixels = new ushort[light.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (ushort)Math.Clamp(Math.Round(light[i] + Normal() * Math.Sqrt(Math.Max(light[i], 0) + ReadNoise * ReadNoise)), 0, 65535);
        return new ImageFrame(pixels, Width, Height, Bayer);
    }

    /// <summary>Stars at random places, not closer to each other or to the edge than <paramref name="distance"/>, brightest first.</summary>
    public List<PaintedStar> RandomStars(int count, double faintest, double brightest, double distance = 15)
    {
        var stars = new List<PaintedStar>();
        while (stars.Count < count)
        {
            double x = distance + _random.NextDouble() * (Width - 2 * distance), y = distance + _random.NextDouble() * (Height - 2 * distance);
            if (stars.TrueForAll(star => Math.Pow(star.X - x, 2) + Math.Pow(star.Y - y, 2) > distance * distance))
                stars.Add(new PaintedStar(x, y, faintest * Math.Pow(brightest / faintest, _random.NextDouble())));
        }

        return [.. stars.OrderByDescending(star => star.Flux)];
    }

    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        return radius * Math.Cos(Math.Tau * _random.NextDouble());
    }

    private void Add(double[] light, PaintedStar star)
    {
        var sigmaX = Fwhm / 2.3548200450309493;
        var sigmaY = sigmaX * Stretch;
        var reach = (int)Math.Ceiling(6 * Math.Max(sigmaX, sigmaY)) + 1;
        for (var y = Math.Max(0, (int)star.Y - reach); y <= Math.Min(Height - 1, (int)star.Y + reach); y++)
        {
            var share = Share(y - star.Y, sigmaY);
            for (var x = Math.Max(0, (int)star.X - reach); x <= Math.Min(Width - 1, (int)star.X + reach); x++)
                light[y * Width + x] += star.Flux * share * Share(x - star.X, sigmaX);
        }
    }

    // The part of a Gaussian that falls onto one pixel.
    private static double Share(double distance, double sigma) =>
        (Erf((distance + 0.5) / (sigma * Math.Sqrt(2))) - Erf((distance - 0.5) / (sigma * Math.Sqrt(2)))) / 2;

    // Abramowitz and Stegun 7.1.26, good to 1.5e-7.
    private static double Erf(double x)
    {
        var t = 1 / (1 + 0.3275911 * Math.Abs(x));
        var y = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.Exp(-x * x);
        return x < 0 ? -y : y;
    }
}
