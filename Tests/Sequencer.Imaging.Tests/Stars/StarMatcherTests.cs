namespace Sequencer.Imaging.Tests.Stars;

public sealed class StarMatcherTests
{
    [Fact]
    public void Lists_with_half_of_the_stars_spurious_are_matched_over_large_shifts_turns_and_scales()
    {
        foreach (var seed in Enumerable.Range(0, 60))
        {
            var random = new Random(seed);
            var count = random.Next(16, 101);
            double angle = random.NextDouble() * Math.Tau, scale = 0.97 + 0.06 * random.NextDouble();
            double shiftX = (random.NextDouble() - 0.5) * 1200, shiftY = (random.NextDouble() - 0.5) * 1200;
            var (first, second) = Lists(random, count, count, 0.15, (x, y) =>
                (scale * (Math.Cos(angle) * x - Math.Sin(angle) * y) + shiftX, scale * (Math.Sin(angle) * x + Math.Cos(angle) * y) + shiftY));

            var match = StarMatcher.Match(first, second, new MatchOptions(0.965, 1.035));

            Assert.True(match is not null, $"seed {seed}: {count} stars not matched");
            Assert.InRange(match.Transform.Scale, scale - 0.001, scale + 0.001);
            Assert.InRange(Math.IEEERemainder(match.Transform.RotationDegrees - angle * 180 / Math.PI, 360), -0.1, 0.1);
            Assert.InRange(match.Pairs.Count, (int)(0.9 * count), count + 4);
            Assert.InRange(match.Rms, 0.05, 0.5);
            Assert.False(match.Transform.IsMirrored);
        }
    }

    [Fact]
    public void Mirror_images_are_matched_only_when_they_are_allowed()
    {
        var (first, second) = Lists(new Random(4), 40, 20, 0.1, (x, y) => (900 - x, y + 30));

        Assert.Null(StarMatcher.Match(first, second));
        var match = StarMatcher.Match(first, second, new MatchOptions(Mirror: MirrorRule.Either));
        Assert.NotNull(match);
        Assert.True(match.Transform.IsMirrored);
        var (x, y) = match.Transform.Apply(100, 200);
        Assert.InRange(x, 799.8, 800.2);
        Assert.InRange(y, 229.8, 230.2);
    }

    [Fact]
    public void Strangers_are_not_matched()
    {
        foreach (var seed in Enumerable.Range(0, 40))
        {
            var random = new Random(seed);
            var (first, second) = Lists(random, 0, random.Next(10, 200), 0, (x, y) => (x, y));

            Assert.Null(StarMatcher.Match(first, second, new MatchOptions(0.95, 1.05, Mirror: MirrorRule.Either)));
        }
    }

    [Fact]
    public void Too_few_stars_are_no_match()
    {
        Assert.Null(StarMatcher.Match([], []));
        Assert.Null(StarMatcher.Match([(1, 1), (2, 5), (7, 3)], [(1, 1), (2, 5), (7, 3)]));
        Assert.Null(StarMatcher.Match(Enumerable.Repeat((5.0, 5.0), 20).ToList(), Enumerable.Repeat((5.0, 5.0), 20).ToList()));
    }

    [Fact]
    public void The_inverse_takes_a_place_back()
    {
        var transform = new PlaneTransform(0.9, -0.3, 40, 0.31, 0.92, -17);
        var (x, y) = transform.Apply(12, 34);

        var (backX, backY) = transform.Inverse().Apply(x, y);

        Assert.Equal(12, backX, 1e-9);
        Assert.Equal(34, backY, 1e-9);
    }

    // Common stars seen in both lists with errors of the given sigma, and spurious ones mixed in by brightness.
    private static (List<(double X, double Y)> First, List<(double X, double Y)> Second) Lists(
        Random random, int common, int spurious, double sigma, Func<double, double, (double X, double Y)> map)
    {
        (double X, double Y) Somewhere() => (random.NextDouble() * 1600, random.NextDouble() * 1200);
        double Error() => sigma * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
        List<(double Flux, double X, double Y)> first = [], second = [];
        for (var i = 0; i < common; i++)
        {
            var flux = random.NextDouble();
            var (x, y) = Somewhere();
            var (u, v) = map(x, y);
            first.Add((flux, x, y));
            second.Add((flux + 0.05 * random.NextDouble(), u + Error(), v + Error()));
        }

        for (var i = 0; i < spurious; i++)
        {
            var (x, y) = Somewhere();
            first.Add((random.NextDouble(), x, y));
            (x, y) = Somewhere();
            var (u, v) = map(x, y);
            second.Add((random.NextDouble(), u, v));
        }

        return ([.. first.OrderByDescending(star => star.Flux).Select(star => (star.X, star.Y))],
            [.. second.OrderByDescending(star => star.Flux).Select(star => (star.X, star.Y))]);
    }
}
