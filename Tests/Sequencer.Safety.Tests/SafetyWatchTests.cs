namespace Sequencer.Safety.Tests;

public class SafetyWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly Darkness Dark = new(-30);

    [Fact]
    public void Rain_is_unsafe_in_the_verdict_after_the_poll_that_saw_it()
    {
        var watch = new SafetyWatch(new());
        Poll(watch, 0);
        Assert.True(watch.Verdict(Start, Dark).Safe);
        Poll(watch, 1, weather: false);
        var verdict = watch.Verdict(Start.AddSeconds(1), Dark);
        Assert.False(verdict.Safe);
        Assert.False(verdict.GoodWeather);
    }

    [Fact]
    public void After_rain_it_is_safe_again_when_the_hold_is_over()
    {
        var watch = new SafetyWatch(new());
        Poll(watch, 0, weather: false);
        for (var second = 1; second <= 901; second++)
        {
            Poll(watch, second);
            Assert.Equal(second == 901, watch.Verdict(Start.AddSeconds(second), Dark).Safe);
        }
    }

    [Fact]
    public void When_nobody_polls_any_more_everything_becomes_stale_at_its_own_age()
    {
        var watch = new SafetyWatch(new());
        Poll(watch, 0);
        Assert.True(watch.Verdict(Start.AddSeconds(89), Dark).Safe);
        Assert.False(watch.Verdict(Start.AddSeconds(90), Dark).AcPower);
        Assert.True(watch.Verdict(Start.AddSeconds(119), Dark).GoodWeather);
        Assert.False(watch.Verdict(Start.AddSeconds(120), Dark).GoodWeather);
    }

    [Fact]
    public void A_power_cut_is_bridged_for_ten_seconds()
    {
        var watch = new SafetyWatch(new());
        Poll(watch, 0);
        Poll(watch, 1, power: false);
        Assert.True(watch.Verdict(Start.AddSeconds(1), Dark).Safe);
        Poll(watch, 10.9, power: false);
        Assert.True(watch.Verdict(Start.AddSeconds(10.9), Dark).Safe);
        Poll(watch, 11, power: false);
        Assert.Equal(["ac_power: mains says unsafe"], watch.Verdict(Start.AddSeconds(11), Dark).Reasons);
        Poll(watch, 12);
        Assert.True(watch.Verdict(Start.AddSeconds(12), Dark).Safe);
    }

    [Fact]
    public void Started_held_it_waits_although_the_weather_is_good()
    {
        var watch = new SafetyWatch(new());
        watch.StartHeld();
        Poll(watch, 0);
        Assert.False(watch.Verdict(Start, Dark).Safe);
    }

    private static void Poll(SafetyWatch watch, double second, bool weather = true, bool power = true)
    {
        var now = Start.AddSeconds(second);
        watch.Observe(new() { Connected = true, Weather = [new("monitor", weather, now)], Power = [new("mains", power, now)], FreeRootBytes = long.MaxValue, FreeImagesBytes = long.MaxValue }, now);
    }
}
