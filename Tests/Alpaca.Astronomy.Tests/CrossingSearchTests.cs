using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests;

public class CrossingSearchTests
{
    private static readonly DateTimeOffset Peak = Utc("2026-01-01 06:03:00");

    [Theory]
    [InlineData(true, true, 1, -120)]
    [InlineData(false, true, 1, 120)]
    [InlineData(true, true, -1, 120)]
    [InlineData(false, true, -1, -120)]
    [InlineData(true, false, 1, -120)]
    [InlineData(false, false, 1, 120)]
    [InlineData(true, false, -1, 120)]
    [InlineData(false, false, -1, -120)]
    public void Both_crossings_of_a_peak_between_two_samples_are_found(bool rising, bool forward, int sign, double seconds)
    {
        // A parabola on the far side of zero for two minutes either way of its turning point.
        double Height(DateTimeOffset time) => sign * (1 - Math.Pow((time - Peak).TotalSeconds / 120, 2));
        var from = forward ? Peak.AddMinutes(-125) : Peak.AddMinutes(125);
        Near(Peak.AddSeconds(seconds), CrossingSearch.Next(Height, rising, from, TimeSpan.FromHours(6), forward), 0.1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peak_that_stays_short_of_zero_is_no_crossing(bool forward)
    {
        double Height(DateTimeOffset time) => -0.01 - Math.Pow((time - Peak).TotalSeconds / 120, 2);
        foreach (var rising in new[] { true, false })
            Assert.Null(CrossingSearch.Next(Height, rising, forward ? Peak.AddMinutes(-125) : Peak.AddMinutes(125), TimeSpan.FromHours(6), forward));
    }

    [Fact]
    public void A_crossing_beyond_the_span_is_not_reported()
    {
        double Height(DateTimeOffset time) => (time - Peak).TotalSeconds;
        Assert.Null(CrossingSearch.Next(Height, rising: true, Peak.AddHours(-2), TimeSpan.FromMinutes(119), forward: true));
        Assert.NotNull(CrossingSearch.Next(Height, rising: true, Peak.AddHours(-2), TimeSpan.FromMinutes(121), forward: true));
        Assert.Null(CrossingSearch.Next(Height, rising: false, Peak.AddHours(-2), TimeSpan.FromMinutes(121), forward: true));
    }
}
