using Alpaca.Simulators.Weather;
using Sequencer.Core.Configuration;

namespace Night.Tests;

public sealed class WholeNightTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    [Fact]
    public void A_clear_night_ends_parked_and_closed_with_many_frames()
    {
        using var night = new TestNight().Run();

        Assert.True(night.Result.Ok, night.Result.Reason);
        Assert.True(night.IsReallyClosed && night.IsReallyParked);
        Assert.True(night.Summary.LightFrames >= 150, $"{night.Summary.LightFrames} light frames");
        Assert.Equal(night.Summary.Files.Count, Directory.GetFiles(night.Images, "*.fits", SearchOption.AllDirectories).Length);
        Assert.All(night.Summary.Pointing, pointing => Assert.True(pointing.AfterArcsec is null or < 100, $"{pointing}"));
        Assert.Empty(night.Summary.Warnings);
        Properties.All(night, Budget);
    }

    [Fact]
    public void The_same_seed_gives_the_same_journal_byte_for_byte()
    {
        using var first = Short(seed: 7).Run();
        using var second = Short(seed: 7).Run();
        using var other = Short(seed: 8).Run();

        Assert.True(first.Summary.LightFrames > 10);
        Assert.Equal(first.JournalText, second.JournalText);
        Assert.NotEqual(first.JournalText, other.JournalText);
    }

    [Fact]
    public void Rain_closes_the_dome_aborts_the_exposure_parks_and_the_night_resumes_after_the_safety_delay()
    {
        using var night = new TestNight { Weather = WeatherScript.RainAt(new TimeOnly(1, 0)) }.Run();

        // 01:00 in the zone of Hawaii.
        var rain = new DateTimeOffset(2026, 1, 15, 11, 0, 0, TimeSpan.Zero);
        var closing = night.Events("dome").First(entry => entry.Text("shutter") == "closing" && entry.Time >= rain);
        Assert.InRange((closing.Time - rain).TotalSeconds, 0, 2);
        var aborted = night.Events("exposure.aborted").First(entry => entry.Time >= rain);
        Assert.InRange((aborted.Time - rain).TotalSeconds, 0, 5);
        Assert.Contains("good_weather", aborted.Text("reason"), StringComparison.Ordinal);
        Assert.Contains(night.Events("mount"), entry => entry.Time > rain && entry.Time < rain.AddMinutes(5) && entry.Flag("parked") == true);
        var reopening = night.Events("dome").First(entry => entry.Text("shutter") == "opening" && entry.Time >= rain);
        Assert.InRange((reopening.Time - rain).TotalMinutes, 45, 65);
        Assert.Contains(night.Events("exposure.end"), entry => entry.Time > reopening.Time);
        Assert.True(night.Summary.Lost["weather"] > 2500, $"{night.Summary.Lost["weather"]} s lost to weather");
        Assert.True(night.Result.Ok, night.Result.Reason);
        Properties.All(night, Budget);
    }

    [Fact]
    public void Flapping_weather_closes_the_dome_once_and_opens_it_once_more()
    {
        using var night = new TestNight { Weather = WeatherScript.Flapping }.Run();

        var shutter = night.Events("dome").Select(entry => entry.Text("shutter")).ToList();
        Assert.Equal(["closed", "opening", "open", "closing", "closed", "opening", "open", "closing", "closed"], shutter);
        var lastUnsafe = new DateTimeOffset(2026, 1, 15, 10, 30, 0, TimeSpan.Zero);
        var reopening = night.Events("dome").Last(entry => entry.Text("shutter") == "opening");
        Assert.True(reopening.Time - lastUnsafe >= TimeSpan.FromMinutes(14.5), $"reopened {reopening.Time:u}");
        Assert.True(night.Result.Ok, night.Result.Reason);
        Properties.All(night, Budget);
    }

    [Fact]
    public void A_server_that_dies_and_returns_is_taken_up_again()
    {
        var cut = TestNight.Dusk.AddHours(3);
        using var night = new TestNight
        {
            Length = TimeSpan.FromHours(5),
            Between = (devices, clock) => new LinkFault(clock).Cut(cut, TimeSpan.FromMinutes(7)).Through(devices),
        }.Run();

        Assert.Contains(night.Events("device"), entry => entry.Text("link") == "lost" && entry.Text("name") == "mount");
        Assert.Contains(night.Events("device"), entry => entry.Text("link") == "restored" && entry.Text("name") == "mount");
        Assert.Contains(night.Events("exposure.end"), entry => entry.Time > cut.AddMinutes(7));
        Assert.DoesNotContain(night.Events("exposure.start"), entry => entry.Time > cut && entry.Time < cut.AddMinutes(7));
        Assert.True(night.Result.Ok, night.Result.Reason);
        Properties.EveryExposureEnds(night.Journal);
        Properties.TimeAddsUp(night.Summary);
    }

    [Fact]
    public void Cancelling_closes_and_parks_before_it_returns()
    {
        using var night = new TestNight
        {
            Beside = async (clock, cancel) =>
            {
                await Task.Delay(TimeSpan.FromHours(2), clock);
                cancel.Cancel();
            },
        }.Run();

        Assert.Equal("cancelled", night.Result.Reason);
        Assert.True(night.Result.Ok);
        Assert.True(night.IsReallyClosed && night.IsReallyParked);
        Assert.Contains(night.Events("exposure.aborted"), _ => true);
        Assert.InRange((night.Journal[^1].Time - TestNight.Dusk).TotalMinutes, 120, 125);
        Properties.All(night, Budget);
    }

    [Fact]
    public void The_compact_table_runs_a_night_too()
    {
        using var night = new TestNight { Table = "compact", Length = TimeSpan.FromHours(3) }.Run();

        Assert.True(night.Result.Ok, night.Result.Reason);
        Assert.DoesNotContain(night.Events("state"), entry => entry.Text("to") == "pointing");
        Assert.True(night.Summary.LightFrames > 20);
        Properties.All(night, Budget);
    }

    [Fact]
    public void A_target_that_passes_the_meridian_is_flipped_between_exposures_and_pointed_at_again()
    {
        using var night = new TestNight
        {
            Length = TimeSpan.FromHours(7),
            Only = "Midnight",
            // With a wide margin the rule that keeps visits off the meridian does not end them before it.
            Configure = configuration => configuration with
            {
                Scheduler = new SchedulerOptions { Constraints = [new() { Name = "Altitude" }] },
            },
        }.Run();

        var flip = Assert.Single(night.Events("say"), entry => entry.Text("text")!.Contains("passed the meridian", StringComparison.Ordinal));
        Assert.Contains(night.Events("solve"), entry => entry.Time > flip.Time && entry.Time < flip.Time.AddMinutes(5));
        Assert.Contains(night.Events("exposure.end"), entry => entry.Time > flip.Time.AddMinutes(10) && entry.Text("kind") == "light");
        Assert.DoesNotContain(night.Events("exposure.aborted"), entry => entry.Time < flip.Time.AddMinutes(10));
        Assert.True(night.Result.Ok, night.Result.Reason);
        Properties.All(night, Budget);
    }

    private static TestNight Short(long seed) => new() { Seed = seed, Length = TimeSpan.FromHours(4) };
}
