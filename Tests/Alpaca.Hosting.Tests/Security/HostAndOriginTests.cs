using System.Net;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests.Security;

/// <summary>What keeps hostile web pages out: names that are not this server's, and pages of other sites.</summary>
public sealed class HostAndOriginTests
{
    private const string Disconnect = "/api/v1/focuser/0/disconnect";

    public static TheoryData<string> OwnNames { get; } = new(
        "127.0.0.1", "192.168.1.20:11111", "[::1]:11111", "[fe80::1]", "localhost", "LOCALHOST:11111", "alpaca.localhost", "localhost.",
        Environment.MachineName, Environment.MachineName + ":80", Environment.MachineName + ".local", Environment.MachineName.ToUpperInvariant() + ".lan", "listed.example.org", "Listed.Example.org:443");

    [Theory]
    [MemberData(nameof(OwnNames))]
    public async Task Clients_that_ask_for_an_address_or_for_one_of_the_servers_names_are_answered(string host)
    {
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { AllowedHosts = ["listed.example.org"] }, new TestFocuser());
        Assert.Equal(0, (await SendAsync(server, HttpMethod.Get, "/api/v1/focuser/0/position", ("Host", host))).Error);
    }

    [Theory]
    [InlineData("evil.example.com")]
    [InlineData("evil.example.com:11111")]
    [InlineData("127.0.0.1.evil.example.com")]
    [InlineData("localhost.evil.example.com")]
    [InlineData("evillocalhost")]
    [InlineData("127.0.0.1.nip.io")]
    public async Task A_strangers_name_is_refused_whatever_is_asked(string host)
    {
        var focuser = new TestFocuser();
        await using var server = await RunningHost.StartAsync(focuser);
        foreach (var (method, path) in ((HttpMethod, string)[])
            [(HttpMethod.Get, "/api/v1/focuser/0/position"), (HttpMethod.Put, Disconnect), (HttpMethod.Get, "/setup"), (HttpMethod.Get, "/metrics"), (HttpMethod.Get, "/management/apiversions"), (HttpMethod.Get, "/nowhere")])
        {
            (await SendAsync(server, method, path, ("Host", host))).ShouldBeRefused(HttpStatusCode.MisdirectedRequest, "security.allowed_hosts");
        }

        Assert.True(focuser.Connected);
    }

    [Fact]
    public async Task A_connection_that_was_good_for_one_name_is_not_good_for_another()
    {
        await using var server = await RunningHost.StartAsync(new TestFocuser());
        await using var wire = await Wire.ConnectAsync(server.Address);
        await wire.SendAsync("GET /api/v1/focuser/0/position HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, (await wire.ReadReplyAsync()).Status);
        await wire.SendAsync("GET /api/v1/focuser/0/position HTTP/1.1\r\nHost: evil.example.com\r\n\r\n");
        Assert.Equal(421, (await wire.ReadReplyAsync()).Status);
        await wire.SendAsync("GET /api/v1/focuser/0/position HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, (await wire.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task A_star_gives_the_check_of_names_up()
    {
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { AllowedHosts = ["*"] }, new TestFocuser());
        Assert.Equal(0, (await SendAsync(server, HttpMethod.Get, "/api/v1/focuser/0/position", ("Host", "any.example.com"))).Error);
    }

    [Fact]
    public async Task A_strangers_name_is_told_once_in_the_log()
    {
        var log = new LogRecorder();
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { Loggers = log }, new TestFocuser());
        for (var i = 0; i < 3; i++)
            await SendAsync(server, HttpMethod.Get, "/setup", ("Host", "evil.example.com"));
        Assert.Contains("evil.example.com", Assert.Single(log.Entries).Message, StringComparison.Ordinal);
    }

    /// <summary>What a browser sends along with the requests that a page of another site can make it send.</summary>
    [Theory]
    [InlineData("PUT", "http://evil.example.com", "cross-site", "cors")]
    [InlineData("PUT", "http://evil.example.com", null, null)]
    [InlineData("PUT", "null", "cross-site", "cors")]
    [InlineData("POST", "http://evil.example.com", "cross-site", "navigate")]
    [InlineData("POST", null, "cross-site", "no-cors")]
    [InlineData("PUT", null, "cross-site", "no-cors")]
    [InlineData("PUT", "http://localhost:8080", "same-site", "cors")]
    [InlineData("PUT", null, "same-site", "no-cors")]
    [InlineData("GET", null, "cross-site", "no-cors")]
    [InlineData("GET", "http://evil.example.com", "cross-site", "cors")]
    [InlineData("OPTIONS", "http://evil.example.com", "cross-site", "cors")]
    [InlineData("DELETE", "http://evil.example.com", null, null)]
    public async Task A_page_of_another_site_gets_nothing_done(string method, string? origin, string? site, string? mode)
    {
        var focuser = new TestFocuser();
        await using var server = await RunningHost.StartAsync(focuser);
        var path = method == "GET" ? "/api/v1/focuser/0/position" : Disconnect;
        var answer = await SendAsync(server, new HttpMethod(method), path, ("Origin", origin), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode));
        answer.ShouldBeRefused(HttpStatusCode.Forbidden, "security.trusted_origins");
        Assert.True(focuser.Connected);
    }

    [Theory]
    [InlineData("GET", "/setup", null, "cross-site", "navigate")]
    [InlineData("GET", "/setup", null, "none", "navigate")]
    [InlineData("GET", "/setup", null, null, null)]
    [InlineData("GET", "/api/v1/focuser/0/position", null, "same-origin", "cors")]
    [InlineData("PUT", Disconnect, null, "same-origin", "cors")]
    [InlineData("PUT", Disconnect, "https://trusted.example.org", "cross-site", "cors")]
    [InlineData("PUT", Disconnect, null, null, null)]
    public async Task Links_own_pages_trusted_pages_and_programs_are_let_in(string method, string path, string? origin, string? site, string? mode)
    {
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { TrustedOrigins = ["https://trusted.example.org"] }, new TestFocuser());
        var answer = await SendAsync(server, new HttpMethod(method), path, ("Origin", origin), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    /// <summary>A form of another site can only POST, and as one of three types; neither is any good here even without the check.</summary>
    [Theory]
    [InlineData("POST", "application/x-www-form-urlencoded", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "text/plain", HttpStatusCode.BadRequest)]
    [InlineData("PUT", "multipart/form-data; boundary=x", HttpStatusCode.BadRequest)]
    public async Task What_a_plain_form_can_send_is_no_command(string method, string type, HttpStatusCode expected)
    {
        var focuser = new TestFocuser();
        await using var server = await RunningHost.StartAsync(focuser);
        using var content = new StringContent("Connected=false");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        Assert.Equal(expected, (await server.SendAsync(new HttpMethod(method), "/api/v1/focuser/0/connected", content)).Status);
        Assert.True(focuser.Connected);
    }

    [Fact]
    public async Task No_reply_lets_a_foreign_page_read_it()
    {
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { TrustedOrigins = ["https://trusted.example.org"] }, new TestFocuser());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/focuser/0/position");
        request.Headers.Add("Origin", "https://trusted.example.org");
        using var response = await server.Client.SendAsync(request);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<Answer> SendAsync(RunningHost server, HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await server.Client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsByteArrayAsync());
    }
}
