namespace DataServices.TelescopeOrg.Tests;

/// <summary>Figures in real seconds: these run alone, after all others.</summary>
[Collection(nameof(RealTimeTests))]
[CollectionDefinition(nameof(RealTimeTests), DisableParallelization = true)]
public sealed class RealTimeTests : SiteFixture
{
    [Fact]
    public async Task Requests_are_spaced_and_say_who_asks()
    {
        await using var client = new TelescopeClient(new("tester", "s3cret"), Options, TimeProvider.System);
        await client.LoginAsync();
        await Task.WhenAll(Enumerable.Range(420001, 4).Select(job => client.GetJobAsync(job)));
        var calls = await Site.LogAsync();
        // Six requests have five pauses of a quarter of a second. How long the first was under way is not known, but the second begins after its arrival.
        Assert.Equal(6, calls.Count);
        Assert.True(calls[^1].Milliseconds - calls[0].Milliseconds >= 1000, $"{calls[^1].Milliseconds - calls[0].Milliseconds} ms");
        Assert.All(calls, call => Assert.Contains("(contact: ", call.Agent, StringComparison.Ordinal));
    }
}
