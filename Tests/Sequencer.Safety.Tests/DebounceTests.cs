namespace Sequencer.Safety.Tests;

public class DebounceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Weather_is_unsafe_before_the_first_sample_and_safe_from_the_first_good_one()
    {
        var weather = Weather();
        Assert.False(weather.Safe);
        Assert.True(weather.Update(true, Start));
    }

    [Fact]
    public void Unsafe_counts_at_once_and_safe_only_after_the_hold()
    {
        var weather = Weather();
        weather.Update(true, Start);
        Assert.False(weather.Update(false, Start.AddSeconds(1)));
        Assert.Null(weather.HeldUntil);
        for (var second = 2; second < 902; second++)
        {
            Assert.False(weather.Update(true, Start.AddSeconds(second)));
            Assert.Equal(Start.AddSeconds(902), weather.HeldUntil);
        }
        Assert.True(weather.Update(true, Start.AddSeconds(902)));
        Assert.Null(weather.HeldUntil);
    }

    [Fact]
    public void Flapping_every_20_seconds_for_an_hour_closes_once_and_opens_once()
    {
        var weather = Weather();
        var changes = 0;
        var was = weather.Update(true, Start);
        for (var second = 1; second < 3 * 3600; second++)
        {
            var bad = second is >= 600 and < 4200 && second / 20 % 2 == 0;
            var safe = weather.Update(!bad, Start.AddSeconds(second));
            changes += safe == was ? 0 : 1;
            was = safe;
        }
        Assert.Equal(2, changes);
        Assert.True(was);
    }

    [Theory]
    [InlineData(120, true)]
    [InlineData(120.5, false)]
    [InlineData(-1, false)]
    public void A_silence_or_a_clock_that_steps_back_breaks_the_row(double laterSeconds, bool safe)
    {
        var weather = Weather();
        weather.Update(true, Start);
        Assert.Equal(safe, weather.Update(true, Start.AddSeconds(laterSeconds)));
    }

    [Fact]
    public void A_start_after_a_power_cut_waits_the_whole_hold()
    {
        var weather = Weather();
        weather.StartHeld();
        Assert.False(weather.Update(true, Start));
        for (var minute = 1; minute < 15; minute++)
            Assert.False(weather.Update(true, Start.AddMinutes(minute)));
        Assert.True(weather.Update(true, Start.AddMinutes(15)));
    }

    [Fact]
    public void The_hold_matches_its_definition_for_every_short_history()
    {
        // Samples each second, hold 3 s: safe when no sample since the last unsafe one is younger than the hold, or none was unsafe.
        for (var history = 0; history < 1 << 10; history++)
        {
            var weather = new WeatherDebounce(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60));
            var lastBad = int.MinValue;
            for (var i = 0; i < 10; i++)
            {
                var good = (history >> i & 1) != 0;
                if (!good)
                    lastBad = i;
                var expected = lastBad == int.MinValue || (good && i - (lastBad + 1) >= 3);
                Assert.Equal(expected, weather.Update(good, Start.AddSeconds(i)));
            }
        }
    }

    [Fact]
    public void Mains_may_flicker_for_less_than_the_debounce()
    {
        var power = new PowerDebounce(TimeSpan.FromSeconds(10));
        Assert.True(power.Update(true, Start));
        Assert.True(power.Update(false, Start.AddSeconds(1)));
        Assert.True(power.Update(false, Start.AddSeconds(10.9)));
        Assert.False(power.Update(false, Start.AddSeconds(11)));
        Assert.True(power.Update(true, Start.AddSeconds(12)));
        Assert.True(power.Update(false, Start.AddSeconds(13)));
    }

    [Fact]
    public void Mains_never_seen_are_not_bridged() => Assert.False(new PowerDebounce(TimeSpan.FromSeconds(10)).Update(false, Start));

    [Fact]
    public void A_clock_that_steps_back_does_not_lengthen_the_debounce()
    {
        var power = new PowerDebounce(TimeSpan.FromSeconds(10));
        power.Update(true, Start);
        Assert.True(power.Update(false, Start.AddSeconds(1)));
        Assert.False(power.Update(false, Start.AddSeconds(-3600)));
    }

    private static WeatherDebounce Weather() => new(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(120));
}
