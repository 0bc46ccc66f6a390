namespace Sequencer.Imaging.Tests.Stars;

public sealed class StarDetectorTests
{
    [Fact]
    public void Bright_stars_are_all_found_with_centroids_to_a_twentieth_of_a_pixel_and_nothing_else()
    {
        var painter = new SkyPainter(11) { Slope = 400 };
        var truth = painter.RandomStars(150, 8_000, 300_000);

        var found = StarDetector.Detect(painter.Paint(truth));

        Assert.Equal(truth.Count, found.Count);
        var errors = truth.Select(star => Nearest(found, star)).ToList();
        Assert.All(errors, error => Assert.True(error.Distance < 0.3, $"{error.Distance} px off"));
        Assert.InRange(Math.Sqrt(errors.Average(error => error.Distance * error.Distance)), 0, 0.06);
        Assert.InRange(errors.Average(error => error.Found.X - error.Truth.X), -0.02, 0.02);
        Assert.InRange(errors.Average(error => error.Found.Y - error.Truth.Y), -0.02, 0.02);
        Assert.InRange(errors.Average(error => error.Found.Flux / error.Truth.Flux), 0.97, 1.03);
        Assert.Equal(found.OrderByDescending(star => star.Flux), found);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(2.8)]
    [InlineData(4.0)]
    [InlineData(7.0)]
    public void Widths_are_those_of_the_Gaussian(double fwhm)
    {
        var painter = new SkyPainter(5) { Fwhm = fwhm };
        var found = StarDetector.Detect(painter.Paint(painter.RandomStars(40, 100_000, 400_000, 40)));

        // A pixel's own width adds to the variance: 1/12.
        var sigma = Math.Sqrt(Math.Pow(fwhm / 2.35482, 2) + 1.0 / 12);
        Assert.InRange(Median(found.Select(star => star.Fwhm)), 0.98 * 2.35482 * sigma, 1.02 * 2.35482 * sigma);
        Assert.InRange(Median(found.Select(star => star.Hfd)), 0.96 * 2.50663 * sigma, 1.03 * 2.50663 * sigma);
        Assert.InRange(Median(found.Select(star => star.Ellipticity)), 0, 0.05);
    }

    [Fact]
    public void A_trailed_star_is_told_from_a_round_one()
    {
        var painter = new SkyPainter(6) { Fwhm = 3.5, Stretch = 1.5 };
        var found = StarDetector.Detect(painter.Paint(painter.RandomStars(30, 100_000, 300_000, 30)));

        Assert.InRange(Median(found.Select(star => star.Ellipticity)), 0.28, 0.36);
    }

    [Fact]
    public void Hot_pixels_are_no_stars()
    {
        var painter = new SkyPainter(7) { Fwhm = 2 };
        var random = new Random(1);
        // On a grid of three pixels no two of them touch, which would make a small star.
        var hot = Enumerable.Range(0, 300).Select(_ => (3 * random.Next(2, 264), 3 * random.Next(2, 197))).ToArray();

        Assert.Empty(StarDetector.Detect(painter.Paint([], hot)));
    }

    [Fact]
    public void An_empty_sky_has_no_stars()
    {
        foreach (var seed in Enumerable.Range(0, 5))
            Assert.Empty(StarDetector.Detect(new SkyPainter(seed) { Slope = 800 }.Paint([])));
        Assert.Empty(StarDetector.Detect(new ImageFrame(new ushort[100], 10, 10)));
        Assert.Empty(StarDetector.Detect(new ImageFrame(Enumerable.Repeat((ushort)65535, 10_000).ToArray(), 100, 100)));
    }

    [Fact]
    public void Saturated_stars_are_marked()
    {
        var painter = new SkyPainter(8);

        var found = StarDetector.Detect(painter.Paint([new(100.3, 100.6, 5_000_000), new(300, 300, 50_000)]));

        Assert.Equal([true, false], found.Select(star => star.IsSaturated));
        Assert.InRange(found[0].X, 100.1, 100.5);
        Assert.InRange(found[0].Y, 100.4, 100.8);
    }

    [Fact]
    public void A_colour_mosaic_gives_places_in_its_own_pixels()
    {
        var painter = new SkyPainter(9) { Fwhm = 5, Bayer = BayerPattern.Rggb };
        var truth = painter.RandomStars(40, 60_000, 300_000, 30);

        var found = StarDetector.Detect(painter.Paint(truth));

        Assert.Equal(truth.Count, found.Count);
        var errors = truth.Select(star => Nearest(found, star)).ToList();
        Assert.InRange(errors.Average(error => error.Found.X - error.Truth.X), -0.03, 0.03);
        Assert.InRange(errors.Average(error => error.Found.Y - error.Truth.Y), -0.03, 0.03);
        Assert.InRange(errors.Max(error => error.Distance), 0, 0.3);
        Assert.InRange(errors.Average(error => error.Found.Flux / error.Truth.Flux), 0.95, 1.05);
    }

    [Fact]
    public void The_detector_finds_the_same_stars_every_time()
    {
        var painter = new SkyPainter(10);
        var frame = painter.Paint(painter.RandomStars(60, 5_000, 300_000));

        Assert.Equal(StarDetector.Detect(frame), StarDetector.Detect(frame));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : double.NaN;

    private static (PaintedStar Truth, Star Found, double Distance) Nearest(IReadOnlyList<Star> found, PaintedStar star)
    {
        var nearest = found.MinBy(other => Math.Pow(other.X - star.X, 2) + Math.Pow(other.Y - star.Y, 2))!;
        return (star, nearest, Math.Sqrt(Math.Pow(nearest.X - star.X, 2) + Math.Pow(nearest.Y - star.Y, 2)));
    }
}
