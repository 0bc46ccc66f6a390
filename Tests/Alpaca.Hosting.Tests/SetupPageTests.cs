using System.Net;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

public sealed class SetupPageTests
{
    [Fact]
    public async Task The_root_leads_to_the_setup_page()
    {
        await using var host = await RunningHost.StartAsync();
        var answer = await host.GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.Equal("/setup", answer.Location?.ToString());
    }

    [Fact]
    public async Task The_server_page_names_the_server_and_links_its_devices()
    {
        await using var host = await RunningHost.StartAsync(new AlpacaHostOptions { ServerName = "North dome" }, new TestFocuser(), new TestTelescope { Connected = false });
        var page = await PageAsync(host, "/setup");
        Assert.Contains("North dome", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/setup/v1/focuser/0/setup\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/setup/v1/telescope/0/setup\"", page, StringComparison.Ordinal);
        Assert.Contains(">connected<", page, StringComparison.Ordinal);
        Assert.Contains(">not connected<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_page_shows_what_the_device_is_and_its_state()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        var page = await PageAsync(host, "/setup/v1/focuser/0/setup");
        foreach (var part in (string[])["A device for tests", "Alpaca tests", "Disconnect", "<dt>Position</dt><dd class=\"\">25000 steps</dd>", "id-0", "<dt>Interface version</dt><dd class=\"\">4</dd>"])
            Assert.Contains(part, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_devices_call_themselves_cannot_become_markup()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        host.Devices.Add(new HostileFocuser(), "<script>alert(1)</script>", "<b>id</b>");
        foreach (var path in (string[])["/setup", "/setup/v1/focuser/1/setup"])
        {
            var page = await PageAsync(host, path);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>id", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_comes_even_if_a_device_does_not_answer()
    {
        await using var host = await RunningHost.StartAsync(new SilentFocuser());
        Assert.Contains("no answer", await PageAsync(host, "/setup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_need_nothing_from_elsewhere()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        foreach (var path in (string[])["/setup", "/setup/v1/focuser/0/setup"])
            Assert.DoesNotContain("http", await PageAsync(host, path), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("text/css; charset=utf-8", (await host.GetAsync("/setup/setup.css")).ContentType);
        Assert.Equal("text/javascript; charset=utf-8", (await host.GetAsync("/setup/setup.js")).ContentType);
    }

    [Theory]
    [InlineData("/setup/v1/focuser/1/setup")]
    [InlineData("/setup/v1/focuser/0/Setup")]
    [InlineData("/setup/v1/focuser/0")]
    [InlineData("/setup/nothing")]
    public async Task A_page_that_is_not_there_is_not_found(string path)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        (await host.GetAsync(path)).ShouldBeRefused(HttpStatusCode.NotFound, "nothing at");
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("https://trusted.example", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Only_pages_of_this_server_command_devices(string? origin, HttpStatusCode expected)
    {
        var focuser = new TestFocuser();
        await using var host = await RunningHost.StartAsync(new AlpacaHostOptions { TrustedOrigins = ["https://trusted.example"] }, focuser);
        var answer = await host.SendAsync(HttpMethod.Put, "/api/v1/focuser/0/disconnect", origin: origin);
        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == HttpStatusCode.Forbidden, focuser.Connected);
    }

    [Fact]
    public async Task The_servers_own_page_commands_devices()
    {
        var focuser = new TestFocuser();
        await using var host = await RunningHost.StartAsync(focuser);
        Assert.Equal(0, (await host.SendAsync(HttpMethod.Put, "/api/v1/focuser/0/disconnect", origin: host.Address.GetLeftPart(UriPartial.Authority))).Error);
        Assert.False(focuser.Connected);
    }

    [Fact]
    public async Task A_strangers_name_that_points_here_is_not_this_servers_own()
    {
        var focuser = new TestFocuser();
        await using var host = await RunningHost.StartAsync(focuser);
        var stranger = $"evil.example:{host.Address.Port}";
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/focuser/0/disconnect");
        request.Headers.Host = stranger;
        request.Headers.Add("Origin", "http://" + stranger);
        using var response = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
        Assert.True(focuser.Connected);
    }

    private static async Task<string> PageAsync(RunningHost host, string path)
    {
        var answer = await host.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer.ContentType);
        return answer.Text;
    }
}
