using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alpaca.Devices.Options;

namespace Alpaca.Server.Tests.Setup;

/// <summary>Settings changed by plain forms, as a browser without script or a program sends them, on the real server.</summary>
public sealed partial class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alpaca-settings-tests-").FullName;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private string ConfigurationPath => Path.Combine(_folder, "server.yaml");

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_names_no_devices_gets_the_ten_simulators_written_down_before_one_is_changed()
    {
        await using var server = await StartAsync("simulation: {catalogue: none}\n");
        var answer = await PostAsync(server, "setup/v1/focuser/0/setup", ("max_step", "30000"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var saved = await File.ReadAllTextAsync(ConfigurationPath);
        Assert.StartsWith("simulation: {catalogue: none}\ndevices:\n  - type: camera\n    driver: simulator\n", saved, StringComparison.Ordinal);
        Assert.Contains("  - type: focuser\n    driver: simulator\n    max_step: 30000 steps\n", saved, StringComparison.Ordinal);
        Assert.Equal(10, ConfigurationFile.Load(ConfigurationPath).Devices.Count);
    }

    [Fact]
    public async Task A_server_that_is_told_no_file_takes_the_one_in_the_usual_place_and_says_where_that_is()
    {
        var usual = Path.Combine(_folder, "alpaca", "server.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(usual)!);
        await File.WriteAllTextAsync(usual, "server: {name: The usual}\nsimulation: {catalogue: none}\n");
        await using var server = await RunningServer.StartAsync(new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _folder }, "--port", "0", "--discovery-port", FreeUdpPort());
        var page = await _http.GetStringAsync(new Uri(server.Address, "setup"));
        Assert.Contains("<h1>The usual</h1>", page, StringComparison.Ordinal);
        Assert.Contains($"<code>{usual}</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_a_device_leaves_the_numbers_of_the_others_alone()
    {
        await using var server = await StartAsync("simulation: {catalogue: none}\ndevices:\n  - type: focuser\n  - type: focuser   # the second\n  - {type: focuser, number: 7}\n");
        var answer = await PostAsync(server, "setup/v1/focuser/0/remove", ("_confirm", "yes"));
        Assert.Equal("/setup", answer.Location);
        Assert.Equal("simulation: {catalogue: none}\ndevices:\n  - type: focuser   # the second\n    number: 1\n  - {type: focuser, number: 7}\n", await File.ReadAllTextAsync(ConfigurationPath));
        Assert.Equal([1, 7], await NumbersAsync(server));
    }

    [Fact]
    public async Task A_connected_device_is_not_removed()
    {
        await using var server = await StartAsync("simulation: {catalogue: none}\ndevices:\n  - type: focuser\n");
        await ConnectAsync(server, "focuser/0");
        var answer = await PostAsync(server, "setup/v1/focuser/0/remove", ("_confirm", "yes"));
        Assert.Contains("Disconnect it first", answer.Message, StringComparison.Ordinal);
        Assert.Equal([0], await NumbersAsync(server));
    }

    [Fact]
    public async Task A_form_made_from_an_older_state_is_refused()
    {
        await using var server = await StartAsync("simulation: {catalogue: none}\ndevices:\n  - type: focuser\n");
        var old = await RevisionAsync(server, "setup/v1/focuser/0/setup");
        await PostAsync(server, "setup/v1/focuser/0/setup", ("speed", "500"));
        var answer = await PostAsync(server, "setup/v1/focuser/0/setup", ("_revision", old), ("speed", "900"));
        Assert.Contains("changed since this page was loaded", answer.Message, StringComparison.Ordinal);
        Assert.Contains("speed: 500 steps/s", await File.ReadAllTextAsync(ConfigurationPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_form_comes_back_with_what_was_filled_in_and_nothing_is_saved()
    {
        const string Before = "simulation: {catalogue: none}\ndevices:\n  - type: focuser\n";
        await using var server = await StartAsync(Before);
        var answer = await PostAsync(server, "setup/v1/focuser/0/setup", ("speed", "<b>fast"), ("max_step", "100"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("value=\"&lt;b&gt;fast\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>fast", answer.Text, StringComparison.Ordinal);
        Assert.Equal(Before, await File.ReadAllTextAsync(ConfigurationPath));
        answer = await PostAsync(server, "setup/v1/focuser/0/setup", ("max_step", "100"));
        Assert.Contains("It must not exceed max_step.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_page_changes_nothing()
    {
        const string Before = "simulation: {catalogue: none}\ndevices:\n  - type: focuser\n";
        await using var server = await StartAsync(Before);
        var revision = await RevisionAsync(server, "setup/v1/focuser/0/setup");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "setup/v1/focuser/0/setup"))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("_revision", revision), KeyValuePair.Create("speed", "900")]),
        };
        request.Headers.Add("Origin", "http://evil.example");
        using var reply = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        Assert.Equal(Before, await File.ReadAllTextAsync(ConfigurationPath));
    }

    [Fact]
    public async Task The_servers_own_settings_are_saved_for_the_next_start_and_security_is_not_among_them()
    {
        await using var server = await StartAsync("simulation: {catalogue: none} # dark\n");
        var page = await _http.GetStringAsync(new Uri(server.Address, "setup/server"));
        Assert.DoesNotContain("name=\"security", page, StringComparison.Ordinal);
        var answer = await PostAsync(server, "setup/server", ("site.latitude", "-31.27"), ("server.name", "South"), ("security.tls", "generated"));
        Assert.Contains("started again", answer.Message, StringComparison.Ordinal);
        Assert.Equal("simulation: {catalogue: none} # dark\nserver:\n  name: South\nsite:\n  latitude: -31.27 deg\n", await File.ReadAllTextAsync(ConfigurationPath));
    }

    [Fact]
    public async Task Hang_up_makes_the_server_read_its_configuration_again()
    {
        await using var server = await StartAsync("simulation: {catalogue: none}\ndevices:\n  - type: focuser\n  - {type: dome, name: Old}\n");
        await ConnectAsync(server, "focuser/0");
        await File.WriteAllTextAsync(ConfigurationPath, "simulation: {catalogue: none}\ndevices:\n  - {type: dome, name: New}\n  - type: rotator\n");
        await server.SendSignalAsync("HUP");
        await server.LoggedAsync("was read again");
        var devices = await _http.GetStringAsync(new Uri(server.Address, "management/v1/configureddevices"));
        Assert.Contains("\"New\"", devices, StringComparison.Ordinal);
        Assert.Contains("Rotator", devices, StringComparison.Ordinal);
        Assert.Contains("Focuser", devices, StringComparison.Ordinal);

        await File.WriteAllTextAsync(ConfigurationPath, "devces: []\n");
        await server.SendSignalAsync("HUP");
        await server.LoggedAsync("Did you mean devices?");
        Assert.Contains("\"New\"", await _http.GetStringAsync(new Uri(server.Address, "management/v1/configureddevices")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_checks_a_file_and_prints_the_schema()
    {
        await File.WriteAllTextAsync(ConfigurationPath, "devices:\n  - type: focuser\n");
        await using (var check = await RunningServer.StartAsync("config", "check", ConfigurationPath))
        {
            Assert.Equal(0, await check.ExitAsync());
            Assert.Equal("focuser/0: Simulated focuser (Simulated focuser)", check.FirstLine);
        }

        await File.WriteAllTextAsync(ConfigurationPath, "devices:\n  - type: focuser\n    sped: 3\n");
        await using (var check = await RunningServer.StartAsync("config", "check", ConfigurationPath))
        {
            Assert.Equal(2, await check.ExitAsync());
            Assert.Contains("line 3: devices[0].sped: there is no such key. Did you mean speed?", await check.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_schema_knows_every_driver_and_every_option()
    {
        using var schema = JsonDocument.Parse(ConfigurationSchema.Text());
        var properties = schema.RootElement.GetProperty("properties");
        foreach (var section in OptionModel.Of<ConfigurationSections>().Fields)
            Assert.Equal(section.Members!.Fields.Select(f => f.Key), properties.GetProperty(section.Key).GetProperty("properties").EnumerateObject().Select(p => p.Name));
        var entries = properties.GetProperty("devices").GetProperty("items").GetProperty("anyOf").EnumerateArray().ToArray();
        Assert.Equal(DeviceCatalogue.All.Count, entries.Length);
        foreach (var (driver, entry) in DeviceCatalogue.All.Zip(entries))
        {
            Assert.Equal(driver.TypeName, entry.GetProperty("properties").GetProperty("type").GetProperty("const").GetString());
            Assert.All(driver.Options.Fields, f => Assert.Equal(f.Help, entry.GetProperty("properties").GetProperty(f.Key).GetProperty("description").GetString()));
        }
    }

    [Fact]
    public void No_drivers_option_takes_the_place_of_a_common_key() =>
        Assert.All(DeviceCatalogue.All, d => Assert.Empty(d.Options.Fields.Select(f => f.Key).Intersect(DeviceList.CommonKeys)));

    [GeneratedRegex("name=\"_revision\" value=\"([^\"]*)\"")]
    private static partial Regex Revision { get; }

    private static string FreeUdpPort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
    }

    private async Task<RunningServer> StartAsync(string configuration)
    {
        await File.WriteAllTextAsync(ConfigurationPath, configuration);
        var server = await RunningServer.StartAsync("--config", ConfigurationPath, "--port", "0", "--discovery-port", FreeUdpPort());
        Assert.NotNull(server.Address);
        return server;
    }

    private async Task<string> RevisionAsync(RunningServer server, string page)
    {
        var text = await _http.GetStringAsync(new Uri(server.Address, page));
        return Revision.Match(text).Groups[1].Value;
    }

    private async Task<(HttpStatusCode Status, string? Location, string Message, string Text)> PostAsync(RunningServer server, string path, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(f => f.Name, f => f.Value);
        if (!form.ContainsKey("_revision"))
            form["_revision"] = await RevisionAsync(server, path.Replace("/remove", "/setup", StringComparison.Ordinal));
        using var content = new FormUrlEncodedContent(form);
        using var reply = await _http.PostAsync(new Uri(server.Address, path), content);
        var message = reply.Headers.TryGetValues("Set-Cookie", out var cookies) ? Uri.UnescapeDataString(string.Join(' ', cookies)) : "";
        return (reply.StatusCode, reply.Headers.Location?.ToString(), message, await reply.Content.ReadAsStringAsync());
    }

    private async Task ConnectAsync(RunningServer server, string device)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("Connected", "true")]);
        using var reply = await _http.PutAsync(new Uri(server.Address, $"api/v1/{device}/connected"), form);
        reply.EnsureSuccessStatusCode();
    }

    private async Task<IEnumerable<int>> NumbersAsync(RunningServer server)
    {
        using var reply = JsonDocument.Parse(await _http.GetStringAsync(new Uri(server.Address, "management/v1/configureddevices")));
        return reply.RootElement.GetProperty("Value").EnumerateArray().Select(d => d.GetProperty("DeviceNumber").GetInt32()).ToArray();
    }
}
