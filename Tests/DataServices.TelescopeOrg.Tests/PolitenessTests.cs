namespace DataServices.TelescopeOrg.Tests;

public sealed class PolitenessTests : SiteFixture
{
    [Fact]
    public async Task A_read_is_repeated_after_the_wait_the_site_asks_for()
    {
        var client = Client();
        await client.LoginAsync();
        await Site.ControlAsync("{\"http\": {\"api-user.php\": {\"code\": 503, \"n\": 2}}}");
        var begun = Clock.GetTimestamp();
        Assert.Equal(130, await client.GetRequestsAsync().CountAsync());
        Assert.Equal(4, (await ApiAsync("1-get-list-own")).Count);
        Assert.True(Clock.GetElapsedTime(begun) >= TimeSpan.FromSeconds(2), $"{Clock.GetElapsedTime(begun)}");
    }

    [Fact]
    public async Task A_read_is_given_up_after_four_tries_with_the_status()
    {
        var client = Client();
        await client.LoginAsync();
        await Site.ControlAsync("{\"http\": {\"v4request-view.php\": {\"code\": 500, \"n\": 99}}}");
        var error = await Assert.ThrowsAsync<SiteUnavailableException>(() => client.GetJobAsync(420001));
        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, error.Status);
        Assert.Equal(4, (await CallsAsync("v4request-view.php")).Count);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated()
    {
        var client = Client();
        await client.LoginAsync();
        await Site.ControlAsync("{\"http\": {\"v4request-view.php\": {\"code\": 400, \"n\": 9}}}");
        await Assert.ThrowsAsync<SiteUnavailableException>(() => client.GetJobAsync(420001));
        Assert.Single(await CallsAsync("v4request-view.php"));
    }

    [Fact]
    public async Task A_redirect_is_followed_within_the_site_and_never_takes_the_password_elsewhere()
    {
        await Site.ControlAsync("{\"http\": {\"v4request-view.php\": {\"code\": 307, \"n\": 1, \"location\": \"v4request-view.php?jid=420002\"}}}");
        Assert.Equal([770002], (await Client().GetJobAsync(420001)).RequestIds);

        await using var other = await Emulators.TelescopeOrg.TelescopeOrgSite.StartAsync();
        await Site.ControlAsync($"{{\"http\": {{\"login.php\": {{\"code\": 307, \"n\": 1, \"location\": \"{other.Url}login.php\"}}}}}}");
        var error = await Assert.ThrowsAsync<SiteFormatException>(() => Client().LoginAsync());
        Assert.Contains("another host", error.Message, StringComparison.Ordinal);
        Assert.Empty(await other.LogAsync());
    }

    [Fact]
    public async Task An_unreachable_site_is_named_and_the_password_is_not()
    {
        var url = Site.Url;
        var client = Client(options => options with { Tries = 2 });
        await Site.DisposeAsync();
        var error = await Assert.ThrowsAsync<SiteUnavailableException>(() => client.LoginAsync());
        Assert.Contains(url.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }
}
