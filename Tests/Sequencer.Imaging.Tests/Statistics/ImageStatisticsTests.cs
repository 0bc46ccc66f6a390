namespace Sequencer.Imaging.Tests.Statistics;

public sealed class ImageStatisticsTests
{
    [Fact]
    public void Simple_numbers_are_exact()
    {
        var statistics = ImageStatistics.Of([5, 1, 4, 2, 3, 65535], saturation: 60_000);

        Assert.Equal(6, statistics.Count);
        Assert.Equal(65550 / 6.0, statistics.Mean, 1e-9);
        Assert.Equal(3.5, statistics.Median);
        Assert.Equal((1, 65535, 1), (statistics.Min, statistics.Max, (int)statistics.Saturated));
    }

    [Fact]
    public void The_median_agrees_with_sorting()
    {
        var random = new Random(3);
        for (var n = 1; n < 60; n++)
        {
            var pixels = Enumerable.Range(0, n).Select(_ => (ushort)random.Next(65536)).ToArray();
            var sorted = pixels.Order().ToArray();

            Assert.Equal((sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0, ImageStatistics.Of(pixels).Median);
        }
    }

    [Fact]
    public void Sky_and_noise_are_those_of_the_sky_and_not_of_the_stars()
    {
        var painter = new SkyPainter(1) { Sky = 1000, ReadNoise = 10 };
        var frame = painter.Paint(painter.RandomStars(200, 5_000, 500_000));

        var statistics = ImageStatistics.Of(frame);

        Assert.InRange(statistics.Background, 997, 1006);
        Assert.InRange(statistics.Noise, 0.95 * Math.Sqrt(1100), 1.08 * Math.Sqrt(1100));
        Assert.True(statistics.Mean > statistics.Background + 10);
    }

    [Fact]
    public void Noise_of_a_single_count_is_resolved()
    {
        var painter = new SkyPainter(2);
        var pixels = Enumerable.Range(0, 100_000).Select(_ => (ushort)Math.Round(500 + 1.7 * painter.Normal())).ToArray();

        Assert.InRange(ImageStatistics.Of(pixels).Noise, 1.5, 1.95);
    }

    [Fact]
    public void A_frame_of_one_value_has_no_noise()
    {
        var statistics = ImageStatistics.Of(new ImageFrame(Enumerable.Repeat((ushort)65535, 100).ToArray(), 10, 10));

        Assert.Equal((65535.0, 65535.0, 65535.0, 100L), (statistics.Mean, statistics.Median, statistics.Background, statistics.Saturated));
        Assert.InRange(statistics.Noise, 0, 0.75);
        Assert.Throws<ArgumentException>(() => ImageStatistics.Of([]));
    }
}
