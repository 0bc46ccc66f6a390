using System.Security.Authentication;

namespace DataServices.TelescopeOrg.Tests;

public sealed class LoginTests : SiteFixture
{
    [Fact]
    public async Task One_login_with_its_four_fields_serves_all_later_calls()
    {
        var client = Client();
        await client.GetFoldersAsync();
        await client.GetJobAsync(420001);
        var login = Assert.Single(await CallsAsync("login.php"));
        Assert.Equal("POST", login.Method);
        Assert.Equal(["action=login", "username=tester", "password=***", "stayloggedin=true"], login.Form.Select(field => $"{field[0]}={field[1]}"));
        Assert.All((await Site.LogAsync()).Where(entry => entry.Path != "login.php"), entry => Assert.True(entry.Cookie, entry.Path));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_at_construction_and_shown_nowhere()
    {
        const string password = "not-the-Password";
        var error = await Assert.ThrowsAsync<AuthenticationException>(() => TelescopeClient.ConnectAsync(new("tester", password), Options, Clock));
        Assert.DoesNotContain(password, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("tester", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await Site.LogAsync(), entry => entry.ToString().Contains(password, StringComparison.Ordinal));
        Assert.DoesNotContain(password, new TelescopeOrgCredentials("tester", password).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("tester", "")]
    public void Without_user_or_password_there_is_no_client(string user, string password) =>
        Assert.Throws<ArgumentException>(() => new TelescopeOrgCredentials(user, password));

    [Theory]
    [InlineData("http://www.telescope.org/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://me:secret@www.telescope.org/")]
    public void Clear_text_is_for_the_loopback_only(string url) =>
        Assert.Throws<ArgumentException>(() => new TelescopeClient(new("tester", "x"), Options with { BaseUrl = new Uri(url) }, Clock));

    [Fact]
    public async Task A_session_the_site_forgot_is_renewed_once_and_the_call_repeated()
    {
        var client = Client();
        await client.GetFoldersAsync();
        await Site.ControlAsync("{\"drop_sessions\": 1}");
        Assert.Equal(420001, (await client.GetJobAsync(420001)).Id);
        await Site.ControlAsync("{\"drop_sessions\": 1}");
        Assert.Equal(3, (await client.GetFoldersAsync()).Count);
        Assert.Equal(3, (await CallsAsync("login.php")).Count);
    }

    [Fact]
    public async Task Many_tasks_that_lose_the_session_log_in_once()
    {
        var client = Client();
        await client.GetFoldersAsync();
        await Site.ControlAsync("{\"drop_sessions\": 1}");
        await Task.WhenAll(Enumerable.Range(420001, 6).Select(job => client.GetJobAsync(job)));
        Assert.Equal(2, (await CallsAsync("login.php")).Count);
    }

    [Fact]
    public async Task Logout_is_sent_once_and_ends_the_client()
    {
        var client = Client();
        await client.LogoutAsync();
        Assert.Empty(await Site.LogAsync());

        await client.GetFoldersAsync();
        await client.LogoutAsync();
        await client.LogoutAsync();
        await client.DisposeAsync();
        var logout = Assert.Single(await CallsAsync("logout.php"));
        Assert.Equal("POST", logout.Method);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetFoldersAsync());
    }

    [Fact]
    public async Task A_client_may_be_told_to_log_in_again_after_its_logout()
    {
        var client = Client(options => options with { LoginAfterLogout = true });
        await client.GetFoldersAsync();
        await client.LogoutAsync();
        Assert.Equal(3, (await client.GetFoldersAsync()).Count);
        Assert.Equal(2, (await CallsAsync("login.php")).Count);
    }

    [Fact]
    public async Task Disposing_logs_out()
    {
        await using (var client = await TelescopeClient.ConnectAsync(new("tester", "s3cret"), Options, Clock))
            await client.GetFoldersAsync();
        Assert.Single(await CallsAsync("logout.php"));
    }
}
