using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests.Security;

public sealed class CredentialTests
{
    private const string Secret = "correct-horse-battery";
    private const string Other = "another-secret-altogether";

    private static readonly AlpacaHostOptions s_guarded = new() { Credentials = [new("sequencer", Secret), new("phone", Other, mayControl: false)] };

    public static TheoryData<string> Wrong { get; } = new(
        "Bearer wrong-horse-battery-x", "Bearer", "Bearer ", "Bearer " + Secret + "x", "Bearer " + Secret[..^1], Secret, "Digest " + Secret,
        Basic("sequencer", "wrong"), Basic("phone", Secret), Basic("", Secret), Basic("sequencer", ""), "Basic " + Secret, "Basic !!!", "Basic", "Bearer " + new string('x', 5000), "Bearer " + Basic("sequencer", Secret));

    [Theory]
    [InlineData("/api/v1/focuser/0/position")]
    [InlineData("/management/v1/configureddevices")]
    [InlineData("/management/v1/description")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/setup")]
    [InlineData("/setup/v1/focuser/0/setup")]
    [InlineData("/metrics")]
    [InlineData("/health/ready")]
    [InlineData("/nowhere")]
    public async Task Without_credentials_there_is_nothing_to_see(string path)
    {
        await using var server = await RunningHost.StartAsync(s_guarded, new TestFocuser());
        using var response = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Basic", "Bearer"], response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    [Theory]
    [InlineData("/management/apiversions")]
    [InlineData("/health/live")]
    public async Task What_says_nothing_is_open(string path)
    {
        await using var server = await RunningHost.StartAsync(s_guarded, new TestFocuser());
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_command_without_credentials_is_not_carried_out()
    {
        var focuser = new TestFocuser();
        await using var server = await RunningHost.StartAsync(s_guarded, focuser);
        (await server.PutAsync("/api/v1/focuser/0/disconnect")).ShouldBeRefused(HttpStatusCode.Unauthorized, "security.credentials");
        Assert.True(focuser.Connected);
    }

    [Fact]
    public async Task Token_and_password_both_let_in()
    {
        await using var server = await RunningHost.StartAsync(s_guarded, new TestFocuser());
        foreach (var header in (string[])["Bearer " + Secret, "bearer " + Secret, Basic("sequencer", Secret)])
        {
            server.Client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(header);
            Assert.Equal(0, (await server.PutAsync("/api/v1/focuser/0/connect")).Error);
        }
    }

    [Fact]
    public async Task Who_may_read_may_not_command()
    {
        var focuser = new TestFocuser();
        await using var server = await RunningHost.StartAsync(s_guarded, focuser);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", Other);
        Assert.Equal(0, (await server.GetAsync("/api/v1/focuser/0/position")).Error);
        (await server.PutAsync("/api/v1/focuser/0/disconnect")).ShouldBeRefused(HttpStatusCode.Forbidden, "phone may only read");
        Assert.True(focuser.Connected);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Anything_else_does_not(string header)
    {
        await using var server = await RunningHost.StartAsync(s_guarded, new TestFocuser());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/setup");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain(Secret, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_keeps_no_rights_of_an_earlier_request()
    {
        await using var server = await RunningHost.StartAsync(s_guarded, new TestFocuser());
        await using var wire = await Wire.ConnectAsync(server.Address);
        await wire.SendAsync($"GET /setup HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Secret}\r\n\r\n");
        Assert.Equal(200, (await wire.ReadReplyAsync()).Status);
        await wire.SendAsync("GET /setup HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(401, (await wire.ReadReplyAsync()).Status);
        await wire.SendAsync($"PUT /api/v1/focuser/0/connect HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Other}\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(403, (await wire.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task A_guesser_is_stopped_and_those_who_are_in_stay_in()
    {
        var log = new LogRecorder();
        await using var server = await RunningHost.StartAsync(s_guarded with { Loggers = log }, new TestFocuser());
        using var sequencer = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Secret) } };
        Assert.Equal(HttpStatusCode.OK, (await sequencer.GetAsync("/setup")).StatusCode);

        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", "guess-number-thousand");
        for (var i = 0; i < AttemptLimiter.Burst; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/setup")).Status);
        (await server.GetAsync("/setup")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "Wait a minute");

        // Even the right one does not help a guesser now, but the sequencer, on the same address, goes on; and so it does on a new connection.
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", Other);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.GetAsync("/setup")).Status);
        Assert.Equal(HttpStatusCode.OK, (await sequencer.GetAsync("/setup")).StatusCode);
        await using var wire = await Wire.ConnectAsync(server.Address);
        await wire.SendAsync($"GET /setup HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Secret}\r\n\r\n");
        Assert.Equal(200, (await wire.ReadReplyAsync()).Status);

        Assert.Equal(2, log.Entries.Count);
        Assert.All(log.Entries, entry => Assert.Contains("127.0.0.1", entry.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Entries, entry => entry.Message.Contains("guess", StringComparison.Ordinal));
    }

    [Fact]
    public void Attempts_are_forgotten_with_time_and_the_table_is_bounded()
    {
        var clock = new SteppedClock();
        var limiter = new AttemptLimiter(clock);
        var address = IPAddress.Parse("192.0.2.1");
        for (var i = 1; i <= AttemptLimiter.Burst; i++)
            Assert.Equal(i, limiter.Fail(address));
        Assert.False(limiter.Admit(address, 0));
        Assert.True(limiter.Admit(IPAddress.Parse("192.0.2.2"), 0));
        clock.Step(TimeSpan.FromSeconds(7));
        Assert.True(limiter.Admit(address, 0));

        // More addresses than the table holds share one place, so that changing addresses does not help for ever.
        var refused = 0;
        for (var i = 0; i < 3000; i++)
        {
            if (limiter.Fail(new IPAddress([10, 0, (byte)(i >> 8), (byte)i])) > AttemptLimiter.Burst)
                refused++;
        }

        Assert.InRange(refused, 1000, 2000);
    }

    [Fact]
    public void A_file_of_credentials_is_read()
    {
        using var file = new SecretFile($"# who may\n\nsequencer {Secret}   # all\nphone\t{Other} read\n");
        var credentials = CredentialFile.Read(file.Path);
        Assert.Equal([("sequencer", true), ("phone", false)], credentials.Select(c => (c.Name, c.MayControl)));
    }

    [Theory]
    [InlineData("", "no credentials")]
    [InlineData("sequencer", "line 1")]
    [InlineData("sequencer short", "16 or more")]
    [InlineData("sequencer correct-horse-battery write", "line 1")]
    [InlineData("a:b correct-horse-battery", "a:b")]
    [InlineData("a correct-horse-battery\na correct-horse-battery", "twice")]
    public void A_file_that_is_wrong_says_where_and_keeps_the_secret(string text, string mentioning)
    {
        using var file = new SecretFile(text);
        var message = Assert.Throws<InvalidDataException>(() => CredentialFile.Read(file.Path)).Message;
        Assert.Contains(mentioning, message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite)]
    public void A_file_that_others_can_read_is_refused(UnixFileMode mode)
    {
        using var file = new SecretFile($"sequencer {Secret}");
        File.SetUnixFileMode(file.Path, mode);
        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => CredentialFile.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    private static string Basic(string name, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    private sealed class SteppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Step(TimeSpan time) => _now += time.Ticks;
    }
}
