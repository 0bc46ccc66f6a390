namespace DataServices.TelescopeOrg.Tests;

/// <summary>Figures in real seconds: these run alone, after all others.</summary>
[Collection(nameof(RealTimeTests))]
[CollectionDefinition(nameof(RealTimeTests), DisableParallelization = true)]
public sealed class RealTimeTests : SiteFixture
{
    [Fact]
    public async Task An_engine_that_is_never_ready_ends_in_a_timeout()
    {
        await Site.ControlAsync("{\"fault\": \"never-ready\"}");
        // A clock at half speed: of the two seconds of grace a busy machine gets four.
        var clock = new FastClock(0.5);
        await using var client = new TelescopeClient(new("tester", "s3cret"), Options with { ReadyTimeout = TimeSpan.FromSeconds(5), RequestDeadline = TimeSpan.FromSeconds(60) }, clock);
        var job = await client.GetJobAsync(420001);
        var begun = clock.GetTimestamp();
        await Assert.ThrowsAsync<TimeoutException>(() => client.GetFileAsync(job));
        Assert.InRange(clock.GetElapsedTime(begun).TotalSeconds, 4.95, 7);
        Assert.Empty(FilesInCache());
    }

    [Fact]
    public async Task Requests_are_spaced_and_say_who_asks()
    {
        await using var client = new TelescopeClient(new("tester", "s3cret"), Options, TimeProvider.System);
        await client.LoginAsync();
        await Task.WhenAll(Enumerable.Range(420001, 4).Select(job => client.GetJobAsync(job)));
        var calls = await Site.LogAsync();
        // Six requests have five pauses of a quarter of a second; arrival jitters on a busy machine.
        Assert.Equal(6, calls.Count);
        Assert.True(calls[^1].Milliseconds - calls[0].Milliseconds >= 1000, $"{calls[^1].Milliseconds - calls[0].Milliseconds} ms");
        Assert.All(calls, call => Assert.Contains("(contact: ", call.Agent, StringComparison.Ordinal));
    }
}
