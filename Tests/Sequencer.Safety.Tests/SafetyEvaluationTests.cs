namespace Sequencer.Safety.Tests;

public class SafetyEvaluationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly SafetyHolds Free = new(true, null, true);

    [Fact]
    public void Safe_is_the_and_of_all_checks_that_are_not_ignored_in_every_combination()
    {
        for (var bits = 0; bits < 32; bits++)
        {
            var passes = SafetyCheckNames.All.ToDictionary(check => check, check => (bits >> (int)check & 1) != 0);
            var inputs = Inputs(passes[SafetyCheck.AcPower], passes[SafetyCheck.GoodWeather], passes[SafetyCheck.FreeSpaceRoot], passes[SafetyCheck.FreeSpaceImages]);
            var darkness = new Darkness(passes[SafetyCheck.IsDark] ? -20 : -10);
            var holds = Free with { PowerBridged = passes[SafetyCheck.AcPower] };
            for (var mask = 0; mask < 32; mask++)
            {
                var ignore = SafetyCheckNames.All.Where(check => (mask >> (int)check & 1) != 0).ToHashSet();
                var verdict = SafetyEvaluation.Evaluate(inputs, holds, new(), darkness, ignore, Now);
                Assert.All(SafetyCheckNames.All, check => Assert.Equal(passes[check], verdict[check]));
                Assert.Equal((bits | mask) == 31, verdict.Safe);
                Assert.Equal(verdict.Safe, verdict.Reasons.Count == 0);
                Assert.All(SafetyCheckNames.All, check =>
                    Assert.Equal(!passes[check] && !ignore.Contains(check), verdict.Reasons.Any(reason => reason.StartsWith(check.Name() + ":", StringComparison.Ordinal))));
                Assert.False(SafetyEvaluation.Evaluate(inputs with { Connected = false }, holds, new(), darkness, ignore, Now).Safe);
            }
        }
    }

    [Fact]
    public void Nothing_known_is_unsafe_in_every_respect()
    {
        var verdict = new SafetyWatch(new()).Verdict(Now, new Darkness(double.NaN));
        Assert.False(verdict.Safe);
        Assert.All(SafetyCheckNames.All, check => Assert.False(verdict[check]));
    }

    [Theory]
    [InlineData(true, 0, null)]
    [InlineData(true, 119.9, null)]
    [InlineData(true, 120, "stale")]
    [InlineData(true, -5, null)]
    [InlineData(true, -5.1, "future")]
    [InlineData(false, 0, "says unsafe")]
    [InlineData(null, 0, "no answer")]
    public void A_source_counts_only_with_a_fresh_yes(bool? ok, double ageSeconds, string? objection)
    {
        var source = new SafetySource("roof sensor", ok, Now.AddSeconds(-ageSeconds));
        var said = source.Objection(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(5), Now);
        if (objection is null)
            Assert.Null(said);
        else
            Assert.Contains(objection, said!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_yes_without_an_age_does_not_count() =>
        Assert.NotNull(new SafetySource("roof sensor", true, null).Objection(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(5), Now));

    [Fact]
    public void One_unsafe_source_of_many_is_enough_and_is_named()
    {
        var inputs = Inputs() with { Weather = [Yes("cloud"), new("rain", false, Now), Yes("wind"), new("mast", null, null, "connection refused")] };
        var reasons = SafetyEvaluation.Evaluate(inputs, Free, new(), new Darkness(-30), null, Now).Reasons;
        Assert.Equal(["good_weather: rain says unsafe", "good_weather: mast gives no answer (connection refused)"], reasons);
    }

    [Fact]
    public void No_source_at_all_is_unsafe()
    {
        Assert.False(Judge(Inputs() with { Weather = [] }).GoodWeather);
        var noPower = SafetyEvaluation.Evaluate(Inputs() with { Power = [] }, Free with { PowerBridged = false }, new(), new Darkness(-30), null, Now);
        Assert.False(noPower.AcPower);
        Assert.Contains("AC power not detected", Assert.Single(noPower.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-18.0, -18, false)]
    [InlineData(-18.01, -18, true)]
    [InlineData(-12.5, -12, true)]
    [InlineData(double.NaN, -18, false)]
    public void It_is_dark_when_the_Sun_is_below_the_horizon_asked_for(double sun, double horizon, bool dark) =>
        Assert.Equal(dark, SafetyEvaluation.Evaluate(Inputs(), Free, new(), new Darkness(sun, horizon), null, Now).IsDark);

    [Theory]
    [InlineData(249_999_999L, false, 0)]
    [InlineData(250_000_000L, true, 2)]
    [InlineData(375_000_000L, true, 2)]
    [InlineData(375_000_001L, true, 0)]
    [InlineData(null, false, 0)]
    public void Disks_need_a_quarter_gigabyte_and_warn_up_to_half_as_much_again(long? free, bool enough, int warnings)
    {
        var verdict = Judge(Inputs() with { FreeRootBytes = free, FreeImagesBytes = free });
        Assert.Equal((enough, enough), (verdict.FreeSpaceRoot, verdict.FreeSpaceImages));
        Assert.Equal(warnings, verdict.Warnings.Count);
    }

    [Fact]
    public void Simulators_answer_for_night_power_and_weather_and_for_nothing_else()
    {
        var policy = new SafetyPolicy { SimulateNight = true, SimulatePower = true, SimulateWeather = true };
        var verdict = SafetyEvaluation.Evaluate(new() { Connected = true }, new(false, null, false), policy, new Darkness(50), null, Now);
        Assert.True(verdict.IsDark && verdict.AcPower && verdict.GoodWeather && verdict.WeatherReleased);
        Assert.False(verdict.FreeSpaceRoot || verdict.FreeSpaceImages);
        foreach (var check in new[] { SafetyCheck.IsDark, SafetyCheck.AcPower, SafetyCheck.GoodWeather })
        {
            var others = new SafetyPolicy { SimulateNight = check != SafetyCheck.IsDark, SimulatePower = check != SafetyCheck.AcPower, SimulateWeather = check != SafetyCheck.GoodWeather };
            Assert.False(SafetyEvaluation.Evaluate(new() { Connected = true }, new(false, null, false), others, new Darkness(50), null, Now)[check]);
        }
    }

    [Fact]
    public void A_closed_dome_is_weather_safe_only_when_asked_for_and_verified_closed()
    {
        var bad = Inputs(weather: false);
        foreach (var shutter in Enum.GetValues<ShutterState>())
        {
            foreach (var asked in new[] { false, true })
            {
                var verdict = SafetyEvaluation.Evaluate(bad with { Shutter = shutter }, new(false, null, true), new() { DomeClosedIsWeatherSafe = asked }, new Darkness(-30), null, Now);
                Assert.Equal(asked && shutter == ShutterState.Closed, verdict.GoodWeather);
                Assert.False(verdict.WeatherNow || verdict.WeatherReleased);
            }
        }
    }

    [Fact]
    public void Held_weather_is_unsafe_and_says_until_when()
    {
        var verdict = SafetyEvaluation.Evaluate(Inputs(), new(false, Now.AddMinutes(10), true), new(), new Darkness(-30), null, Now);
        Assert.False(verdict.GoodWeather);
        Assert.True(verdict.WeatherNow);
        Assert.False(verdict.WeatherReleased);
        Assert.Equal("good_weather: safe again, but held until 08:10:00 UTC", Assert.Single(verdict.Reasons));
    }

    [Fact]
    public void Names_are_read_back_and_unknown_ones_are_told()
    {
        var ignore = SafetyCheckNames.Parse(["is_dark", "GOOD_WEATHER", "moon"], out var unknown);
        Assert.Equal([SafetyCheck.IsDark, SafetyCheck.GoodWeather], ignore.Order());
        Assert.Equal(["moon"], unknown);
        Assert.Equal(["ac_power", "is_dark", "good_weather", "free_space_root", "free_space_images"], SafetyCheckNames.All.Select(check => check.Name()));
    }

    private static SafetyVerdict Judge(SafetyInputs inputs) => SafetyEvaluation.Evaluate(inputs, Free, new(), new Darkness(-30), null, Now);

    private static SafetySource Yes(string name) => new(name, true, Now);

    private static SafetyInputs Inputs(bool power = true, bool weather = true, bool root = true, bool images = true) => new()
    {
        Connected = true,
        Power = [new("mains", power, Now)],
        Weather = [new("monitor", weather, Now)],
        FreeRootBytes = root ? 10_000_000_000 : 0,
        FreeImagesBytes = images ? 10_000_000_000 : 0,
    };
}
