using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Alpaca.Server.Tests;

/// <summary>The server as an operator sets it up: credentials, TLS, its log.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecurityTests : IDisposable
{
    private const string Secret = "correct-horse-battery";
    private readonly string _folder = Directory.CreateTempSubdirectory("alpaca-server-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task With_a_file_of_credentials_and_tls_only_those_in_it_get_in_and_the_secret_is_said_nowhere()
    {
        var credentials = Write("credentials", $"sequencer {Secret}\n", UnixFileMode.UserRead);
        var config = Write("server.yaml", $"{{security: {{credentials: {credentials}, tls: generated}}, simulation: {{catalogue: none}}}}");
        await using var server = await StartAsync(config);
        Assert.Equal("https", server.Address.Scheme);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, c, _, _) => c!.Subject.Contains("Alpaca", StringComparison.Ordinal) } };
        using var http = new HttpClient(handler);
        var devices = new Uri(server.Address, "/management/v1/configureddevices");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(devices)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(devices)).StatusCode);
        await server.SignalAsync("TERM");
        Assert.DoesNotContain(Secret, server.FirstLine + await server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_may_come_from_the_environment()
    {
        var config = Write("server.yaml", "{simulation: {catalogue: none}}");
        await using var server = await RunningServer.StartAsync(
            new Dictionary<string, string> { ["ALPACA_SERVER_TOKEN"] = Secret }, "--config", config, "--port", "0", "--discovery-port", ServerTests.FreeUdpPort());
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(server.Address, "/setup"))).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Address, "/setup"))).StatusCode);
    }

    [Fact]
    public async Task A_file_of_credentials_that_others_can_read_stops_the_start()
    {
        var credentials = Write("credentials", $"sequencer {Secret}\n", UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var config = Write("server.yaml", $"{{security: {{credentials: {credentials}}}, simulation: {{catalogue: none}}}}");
        await using var server = await StartAsync(config);
        Assert.Equal(2, await server.ExitAsync());
        Assert.Contains("chmod 600", await server.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{security: {allowed_hosts: ['http://x']}}", "allowed_hosts")]
    [InlineData("{security: {trusted_origins: [observatory.example.org]}}", "trusted_origins")]
    [InlineData("{security: {tls_key: key.pem}}", "tls_key")]
    [InlineData("{security: {tls: /nowhere.pem}}", "/nowhere.pem")]
    [InlineData("{security: {credentials: /nowhere}}", "/nowhere")]
    [InlineData("{logging: {format: xml}}", "format")]
    [InlineData("{logging: {level: loud}}", "level")]
    public async Task What_is_wrong_is_named(string yaml, string mentioning)
    {
        await using var server = await StartAsync(Write("server.yaml", yaml));
        Assert.Equal(2, await server.ExitAsync());
        Assert.Contains(mentioning, await server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_one_json_object_per_change()
    {
        await using var server = await StartAsync(Write("server.yaml", "{logging: {format: json}, simulation: {catalogue: none}}"));
        using var http = new HttpClient { BaseAddress = server.Address };
        for (var i = 0; i < 50; i++)
            await http.GetAsync("/api/v1/dome/0/connected");
        await http.PutAsync("/api/v1/dome/0/connect", null);
        using (var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System))
        {
            // The server looks at its devices once a second by itself; health looks at once.
            while (!(await http.GetStringAsync("/health/ready", deadline.Token)).Contains("\"state\":\"connected\"", StringComparison.Ordinal))
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }

        await server.SignalAsync("TERM");
        var lines = (await server.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["client_seen", "device_connected"], lines.Select(line => line.GetProperty("event").GetString()!));
        Assert.Equal([1101, 1001], lines.Select(line => line.GetProperty("event_id").GetInt32()));
        Assert.Equal("dome", lines[1].GetProperty("device_type").GetString());
        Assert.Equal(0, lines[1].GetProperty("device_number").GetInt32());
        Assert.Equal("info", lines[1].GetProperty("level").GetString());
    }

    private static Task<RunningServer> StartAsync(string config) =>
        RunningServer.StartAsync("--config", config, "--port", "0", "--discovery-port", ServerTests.FreeUdpPort());

    private string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
