using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Alpaca.Astronomy.Clocks;

namespace Alpaca.Server.Tests;

public sealed class ServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alpaca-server-tests-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_says_where_it_listens_serves_ten_devices_and_ends_on_a_signal(string signal)
    {
        await using var server = await StartAsync();
        Assert.Matches(@"^listening on http://127\.0\.0\.1:\d+$", server.FirstLine);
        var devices = await DevicesAsync(server);
        Assert.Equal(10, devices.Count);
        Assert.All(devices, d => Assert.Equal(0, d.Number));
        Assert.Equal(10, devices.Select(d => d.Type).Distinct().Count());
        Assert.Equal(0, await server.SignalAsync(signal));
    }

    [Fact]
    public async Task It_does_not_wait_for_the_end_of_an_exposure()
    {
        await using var server = await StartAsync();
        await PutAsync(server, "camera/0/connected", ("Connected", "true"));
        await PutAsync(server, "camera/0/startexposure", ("Duration", "300"), ("Light", "true"));
        Assert.Equal(0, await server.SignalAsync("TERM"));
    }

    [Fact]
    public async Task Unique_ids_stay_the_same_from_one_start_to_the_next()
    {
        var state = Path.Combine(_folder, "state");
        async Task<IEnumerable<string>> IdsAsync()
        {
            await using var server = await StartAsync("--state", state);
            return (await DevicesAsync(server)).Select(d => d.Id).Order(StringComparer.Ordinal);
        }

        Assert.Equal(await IdsAsync(), await IdsAsync());
    }

    [Fact]
    public async Task A_configuration_names_its_devices_and_may_have_several_cameras()
    {
        var file = Write("server.yaml", $"""
            server: {"{"}port: 0, discovery_port: {FreeUdpPort()}, name: Hilltop{"}"}
            site: {"{"}name: Hill, latitude: -31.27, longitude: 149.06, elevation: 1165{"}"}
            simulation: {"{"}seed: 5, weather: flapping, catalogue: none{"}"}
            devices:
              - type: telescope
                driver: simulator
                alignment: fork
                errors: {"{"}cone: 0{"}"}
              - {"{"}type: camera, name: Wide, width: 100, height: 80{"}"}
              - {"{"}type: camera, name: Narrow, number: 7, focal_length: 1000, interface_version: 3{"}"}
            """);
        await using var server = await RunningServer.StartAsync("--config", file);
        Assert.NotNull(server.Address);
        var devices = await DevicesAsync(server);
        Assert.Equal(["Camera 0 Wide", "Camera 7 Narrow", "Telescope 0 Simulated mount"], devices.Select(d => $"{d.Type} {d.Number} {d.Name}").Order(StringComparer.Ordinal));
        await PutAsync(server, "camera/0/connected", ("Connected", "true"));
        Assert.Equal(100, (await GetAsync(server, "camera/0/cameraxsize")).GetInt32());
        Assert.Equal(4, (await GetAsync(server, "camera/0/interfaceversion")).GetInt32());
        Assert.Equal(3, (await GetAsync(server, "camera/7/interfaceversion")).GetInt32());
        await PutAsync(server, "telescope/0/connected", ("Connected", "true"));
        Assert.Equal(1, (await GetAsync(server, "telescope/0/alignmentmode")).GetInt32());
        Assert.Equal(-31.27, (await GetAsync(server, "telescope/0/sitelatitude")).GetDouble());
    }

    [Theory]
    [InlineData("server: {prot: 1}", "line 1", "server.prot", "Did you mean port?")]
    [InlineData("simulation:\n  wether: clear", "line 2", "Did you mean weather?", "")]
    [InlineData("server: {port: many}", "line 1", "\"many\"", "whole number")]
    [InlineData("site: {latitude: 95}", "line 1", "95", "from -90 to 90 deg")]
    [InlineData("devices:\n  - type: telescope\n  - type: teloscope", "line 3", "\"teloscope\"", "telescope")]
    [InlineData("devices:\n  - {type: dome, driver: bolts}", "line 2", "\"bolts\"", "simulator")]
    [InlineData("devices:\n  - {type: camera, sensor: cmyk}", "line 2", "cmyk", "mono, color, rggb")]
    [InlineData("simulation: {weather: hail}", "line 1", "hail", "rain-at HH:MM")]
    [InlineData("simulation: {catalogue: nowhere.fits}", "line 1", "nowhere.fits", "none")]
    [InlineData("devices:\n  - type: telescope\n    slew_sped: 3", "line 3", "devices[0].slew_sped", "Did you mean slew_speed?")]
    [InlineData("devices:\n  - type: telescope\n    errors:\n      cone: 20 deg", "line 4", "devices[0].errors.cone", "from -600 to 600 arcmin")]
    [InlineData("devices:\n  - {type: focuser}\n  - {type: focuser, number: 0}", "line 3", "devices[1].number", "is there twice")]
    [InlineData("devices:\n  - {type: focuser}\n  - {type: dome, interface_version: 4}", "line 3", "devices[1].interface_version", "versions 1 to 3")]
    [InlineData("devices: {type: focuser}", "line 1", "devices", "must be a list")]
    [InlineData("devices:\n  - {driver: simulator}", "line 2", "devices[0].type", "it is missing")]
    [InlineData("server: 5", "line 1", "server", "must be a group of keys")]
    [InlineData("- 5", "line 1", "must be a mapping", "")]
    [InlineData("server: {}\n---\nserver: {}", "wrong.yaml", "several documents", "")]
    [InlineData("simulation:\n  weather:\n    - {from: tomorrow}", "line 3", "weather[0].from", "2026-11-21T10:30:00Z")]
    [InlineData("server: [", "line", "not valid YAML", "")]
    public void A_wrong_configuration_is_refused_with_its_line_and_what_would_be_right(string yaml, string line, string wrong, string right)
    {
        var message = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Load(Write("wrong.yaml", yaml))).Message;
        Assert.Contains(line, message, StringComparison.Ordinal);
        Assert.Contains(wrong, message, StringComparison.Ordinal);
        Assert.Contains(right, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var file = Write("wrong.yaml", "server: {port: 70000}\nsite: {latitude: north}\ndevices:\n  - {type: dome, shutter_time: 0 s}\n  - {type: focuser, speed: fast}\n");
        var lines = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Load(file)).Message.Split('\n');
        Assert.Equal(["line 1", "line 2", "line 4", "line 5"], lines.Select(l => l.Split(": ")[0].Split(", ")[1]));
    }

    [Fact]
    public void Values_may_have_units_and_tables_are_read()
    {
        var file = Write("units.yaml", """
            devices:
              - type: filterwheel
                seconds_per_slot: 500 ms
                filters:
                  - {name: Ha, focus_offset: 12 steps, transmission: 0.05}
                  - {name: OIII}
              - {type: dome, shutter_time: 1 min, number: 3}
              - {type: dome, enabled: false}
            """);
        var devices = ConfigurationFile.Load(file).Devices;
        var wheel = (Simulators.Instruments.FilterWheelOptions)devices[0].Options;
        Assert.Equal(0.5, wheel.SecondsPerSlot);
        Assert.Equal([new Simulators.Instruments.Filter("Ha", 12, 0.05), new Simulators.Instruments.Filter("OIII")], wheel.Filters);
        Assert.Equal(60, ((Simulators.Enclosure.DomeOptions)devices[1].Options).ShutterTime);
        Assert.Equal([0u, 3u, 0u], devices.Select(d => d.Number));
        Assert.False(devices[2].Entry.Enabled);
    }

    [Fact]
    public async Task A_wrong_configuration_or_option_ends_the_start_with_code_two()
    {
        await using var configured = await RunningServer.StartAsync("--config", Write("wrong.yaml", "sever: {}"));
        Assert.Equal(2, await configured.ExitAsync());
        Assert.Contains("Did you mean server?", await configured.Errors, StringComparison.Ordinal);
        await using var option = await RunningServer.StartAsync("--port", "99999");
        Assert.Equal(2, await option.ExitAsync());
    }

    [Fact]
    public async Task A_port_in_use_ends_the_start_with_code_three_and_says_which()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var server = await RunningServer.StartAsync("--port", port, "--discovery-port", FreeUdpPort());
        Assert.Equal(3, await server.ExitAsync());
        Assert.Contains(port, await server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_follows_a_shared_clock()
    {
        var path = Path.Combine(_folder, "clock");
        using var clock = AcceleratedClock.Create(path, new DateTimeOffset(2026, 11, 9, 10, 0, 0, TimeSpan.Zero), 50);
        await using var server = await StartAsync("--clock", path, "--weather", "rain-at", "01:00");
        await PutAsync(server, "telescope/0/connected", ("Connected", "true"));
        var shown = (await GetAsync(server, "telescope/0/utcdate")).GetDateTimeOffset();
        Assert.InRange(shown, clock.GetUtcNow().AddSeconds(-50), clock.GetUtcNow());
        await PutAsync(server, "safetymonitor/0/connected", ("Connected", "true"));
        Assert.True((await GetAsync(server, "safetymonitor/0/issafe")).GetBoolean());
    }

    [Theory]
    [InlineData("la-palma", 28.762)]
    [InlineData("-30.5, 20, 1700", -30.5)]
    public void A_site_is_a_name_or_three_numbers(string text, double latitude) => Assert.Equal(latitude, SiteNames.Parse(text).Latitude.Degrees, 1e-9);

    [Theory]
    [InlineData("atlantis")]
    [InlineData("95,0,0")]
    [InlineData("1,2,3,4")]
    public void A_site_that_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => SiteNames.Parse(text));

    private static Task<RunningServer> StartAsync(params string[] arguments) =>
        RunningServer.StartAsync(["--port", "0", "--discovery-port", FreeUdpPort(), "--config", NoStars, .. arguments]);

    /// <summary>A configuration that needs no star catalogue, so that these tests run anywhere.</summary>
    private static string NoStars => Path.Combine(AppContext.BaseDirectory, "no-stars.yaml");

    internal static string FreeUdpPort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<IReadOnlyList<(string Type, int Number, string Name, string Id)>> DevicesAsync(RunningServer server)
    {
        using var reply = JsonDocument.Parse(await _http.GetStringAsync(new Uri(server.Address, "management/v1/configureddevices")));
        return [.. reply.RootElement.GetProperty("Value").EnumerateArray().Select(d => (
            d.GetProperty("DeviceType").GetString()!,
            d.GetProperty("DeviceNumber").GetInt32(),
            d.GetProperty("DeviceName").GetString()!,
            d.GetProperty("UniqueID").GetString()!))];
    }

    private async Task<JsonElement> GetAsync(RunningServer server, string member)
    {
        using var reply = JsonDocument.Parse(await _http.GetStringAsync(new Uri(server.Address, $"api/v1/{member}")));
        Assert.Equal("", reply.RootElement.GetProperty("ErrorMessage").GetString());
        return reply.RootElement.GetProperty("Value").Clone();
    }

    private async Task PutAsync(RunningServer server, string member, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var reply = await _http.PutAsync(new Uri(server.Address, $"api/v1/{member}"), form);
        using var body = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        Assert.Equal("", body.RootElement.GetProperty("ErrorMessage").GetString());
    }
}
