using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Alpaca.Server.Tests.Setup;

/// <summary>The setup pages in a real browser, on the real server, with a file of people's own.</summary>
public sealed class SetupPageTests(SharedChromium chromium) : IClassFixture<SharedChromium>, IAsyncLifetime, IDisposable
{
    private const string Written = """
        # The hilltop observatory.
        server: {port: 0, discovery_port: DISCOVERY, name: Hilltop observatory}
        simulation:
          catalogue: none           # no stars needed here

        devices:
          # The mount came in 2019.
          - type: telescope
            name: East pier
            slew_speed: 3 deg/s     # do not hurry
          - {type: dome, shutter_time: 20 s}   # ours is slow
          - type: focuser
          - type: filterwheel
            filters:
              - {name: L}
              - {name: Ha, focus_offset: 30}   # narrow
          - {type: rotator, enabled: false}

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("alpaca-setup-tests-").FullName;
    private readonly HttpClient _http = new();
    private RunningServer _server = null!;
    private BrowserPage? _opened;

    private BrowserPage Page => _opened!;

    private string ConfigurationPath => Path.Combine(_folder, "server.yaml");

    private string Saved => File.ReadAllText(ConfigurationPath);

    private string Original { get; set; } = "";

    public async Task InitializeAsync()
    {
        if (Chromium.Program is null)
            return;
        Original = Written.Replace("DISCOVERY", FreeUdpPort(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(ConfigurationPath, Original);
        _server = await RunningServer.StartAsync("--config", ConfigurationPath);
        Assert.NotNull(_server.Address);
        _opened = await chromium.Browser!.OpenAsync();
        await Page.ResizeAsync(1280, 900, isPhone: false);
    }

    /// <summary>Whatever a test did: nothing went wrong in the page, and nothing left this server.</summary>
    public async Task DisposeAsync()
    {
        if (_opened is null)
            return;
        // The browser itself notes that a form came back with 422, which is what a wrong value is answered with.
        var errors = Page.Errors.Where(e => !e.Contains("status of 422", StringComparison.Ordinal)).ToArray();
        var elsewhere = Page.Requests.Where(r => r.Authority != _server.Address.Authority).ToArray();
        await Page.CloseAsync();
        await _server.DisposeAsync();
        Assert.Empty(errors);
        Assert.Empty(elsewhere);
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [ChromiumFact]
    public async Task Readings_follow_the_device_and_its_buttons_connect_stop_and_disconnect()
    {
        await ShowAsync("setup");
        Assert.Contains("not connected", await Page.TextAsync("[data-device='focuser/0']"), StringComparison.Ordinal);
        await Page.PictureAsync("overview");
        await Page.FollowAsync("[data-device='focuser/0'] a");
        await Page.ClickAsync("[data-command=connect] button");
        await Page.UntilAsync("document.querySelector('.head .badge').innerText === 'connected'");
        await Page.UntilAsync("document.querySelector('[data-shows=lines]').innerText.includes('10000 steps')");
        await PutAsync("focuser/0/move", ("Position", "20000"));
        await Page.UntilAsync("document.querySelector('[data-shows=lines] .busy')?.innerText === 'yes'");
        await Page.ClickAsync("[data-command=stop] button");
        await Page.UntilAsync("document.querySelector('[data-shows=lines] .busy') === null");
        var position = (await GetAsync("focuser/0/position")).GetInt32();
        Assert.InRange(position, 10001, 19999);
        await Page.UntilAsync($"document.querySelector('[data-shows=lines]').innerText.includes('{position} steps')");
        await Page.PictureAsync("focuser");
        await Page.ClickAsync("[data-command=disconnect] button");
        await Page.UntilAsync("document.querySelector('.head .badge').innerText === 'not connected'");
        await Page.UntilAsync("document.querySelector('[data-command=stop]').hidden");
    }

    [ChromiumFact]
    public async Task A_wrong_value_is_refused_beside_its_field_and_a_right_one_is_saved_with_every_comment()
    {
        await ShowAsync("setup/v1/telescope/0/setup");
        await Page.FillAsync("[name=slew_speed]", "fast");
        await Page.FillAsync("[name=aperture]", "0.2 m");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Contains("Nothing was saved", await Page.TextAsync(".banner.error"), StringComparison.Ordinal);
        var message = await Page.TextAsync("#f-slew_speed-error");
        Assert.Contains("\"fast\" is not a number in deg/s", message, StringComparison.Ordinal);
        Assert.Contains("0.05 to 90 deg/s", message, StringComparison.Ordinal);
        Assert.Equal("fast", await Page.AskAsync<string>("document.querySelector('[name=slew_speed]').value"));
        Assert.Equal("0.2 m", await Page.AskAsync<string>("document.querySelector('[name=aperture]').value"));
        Assert.Equal("slew_speed", await Page.AskAsync<string>("document.activeElement.name"));
        Assert.Equal(Original, Saved);
        await Page.PictureAsync("wrong-value");

        await Page.FillAsync("[name=slew_speed]", "2.5");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Contains("in effect", await Page.TextAsync(".message"), StringComparison.Ordinal);
        Assert.Equal(
            Original.Replace("slew_speed: 3 deg/s     # do not hurry", "slew_speed: 2.5 deg/s     # do not hurry\n    aperture: 0.2 m", StringComparison.Ordinal),
            Saved);
        await PutAsync("telescope/0/connected", ("Connected", "true"));
        Assert.Equal(0.2, (await GetAsync("telescope/0/aperturediameter")).GetDouble(), 9);
        await Page.PictureAsync("saved");
    }

    [ChromiumFact]
    public async Task Settings_of_a_connected_device_wait_until_it_is_disconnected()
    {
        await PutAsync("focuser/0/connected", ("Connected", "true"));
        await ShowAsync("setup/v1/focuser/0/setup");
        await Page.FillAsync("[name=max_step]", "5000");
        await Page.FillAsync("[name=initial_position]", "2500");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Contains("as soon as the device is disconnected", await Page.TextAsync(".message"), StringComparison.Ordinal);
        Assert.Contains("New settings wait", await Page.TextAsync(".pending"), StringComparison.Ordinal);
        Assert.Equal(20000, (await GetAsync("focuser/0/maxstep")).GetInt32());
        await Page.PictureAsync("pending");
        await Page.ClickAsync("[data-command=disconnect] button");
        await Page.UntilAsync("document.querySelector('.pending').innerText === ''");
        await PutAsync("focuser/0/connected", ("Connected", "true"));
        Assert.Equal(5000, (await GetAsync("focuser/0/maxstep")).GetInt32());
    }

    [ChromiumFact]
    public async Task A_device_is_added_changed_and_removed_while_the_server_runs()
    {
        await ShowAsync("setup");
        await Page.FollowAsync("a[href='/setup/add']");
        await Page.PictureAsync("add");
        await Page.FollowAsync("a[href*='type=switch']");
        await Page.FillAsync("[name=number]", "0.5");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Contains("whole number from 0 to 9999", await Page.TextAsync("#f-number-error"), StringComparison.Ordinal);
        await Page.FillAsync("[name=number]", "3");
        await Page.FillAsync("[name=name]", "Pier box");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Equal("/setup/v1/switch/3/setup", await Page.AskAsync<string>("location.pathname"));
        Assert.EndsWith("  - {type: rotator, enabled: false}\n  - type: switch\n    driver: simulator\n    number: 3\n    name: Pier box\n", Saved, StringComparison.Ordinal);
        Assert.Contains("Pier box", await ConfiguredDevicesAsync(), StringComparison.Ordinal);
        await Page.PictureAsync("switch");

        await Page.FollowAsync(".danger");
        Assert.Contains("tick the box", await Page.TextAsync(".message"), StringComparison.Ordinal);
        Assert.Contains("Pier box", await ConfiguredDevicesAsync(), StringComparison.Ordinal);
        await Page.ClickAsync("[name=_confirm]");
        await Page.FollowAsync(".danger");
        Assert.Contains("was removed", await Page.TextAsync(".message"), StringComparison.Ordinal);
        Assert.DoesNotContain("Pier box", await ConfiguredDevicesAsync(), StringComparison.Ordinal);
        Assert.Equal(Original, Saved);
    }

    [ChromiumFact]
    public async Task Rows_of_a_table_are_changed_added_and_removed()
    {
        await ShowAsync("setup/v1/filterwheel/0/setup");
        await Page.FillAsync("[name='filters[1].focus_offset']", "35");
        await Page.ClickAsync("[name='filters[0]._remove']");
        await Page.FillAsync("[name='filters[2].name']", "OIII");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Equal(
            Original.Replace("      - {name: L}\n", "", StringComparison.Ordinal).Replace("focus_offset: 30}   # narrow\n", "focus_offset: 35}   # narrow\n      - {name: OIII}\n", StringComparison.Ordinal),
            Saved);
        await PutAsync("filterwheel/0/connected", ("Connected", "true"));
        Assert.Equal(["Ha", "OIII"], (await GetAsync("filterwheel/0/names")).EnumerateArray().Select(n => n.GetString()));
        await Page.PictureAsync("filters");
    }

    [ChromiumFact]
    public async Task A_device_that_is_switched_off_is_listed_and_switched_on()
    {
        await ShowAsync("setup");
        await Page.FollowAsync("a[href='/setup/v1/rotator/0/setup']");
        await Page.ClickAsync("[name=enabled][type=checkbox]");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Contains("{type: rotator, enabled: true}", Saved, StringComparison.Ordinal);
        Assert.Contains("Rotator", await ConfiguredDevicesAsync(), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task What_somebody_else_changed_is_not_overwritten()
    {
        await ShowAsync("setup/v1/dome/0/setup");
        var theirs = Original.Replace("shutter_time: 20 s", "shutter_time: 40 s", StringComparison.Ordinal);
        await File.WriteAllTextAsync(ConfigurationPath, theirs);
        await Page.FillAsync("[name=shutter_time]", "30");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Contains("was changed by somebody else", await Page.TextAsync(".message"), StringComparison.Ordinal);
        Assert.Equal(theirs, Saved);
        await ShowAsync("setup");
        Assert.Contains("was changed since the server read it", await Page.TextAsync(".notice"), StringComparison.Ordinal);
        await Page.PictureAsync("changed-elsewhere");
        await Page.FollowAsync(".notice button");
        await ShowAsync("setup/v1/dome/0/setup");
        Assert.Equal("40", await Page.AskAsync<string>("document.querySelector('[name=shutter_time]').value"));
    }

    [ChromiumFact]
    public async Task Without_script_everything_still_works()
    {
        await Page.WithoutScriptAsync();
        await ShowAsync("setup/v1/focuser/0/setup");
        await Page.FollowAsync("[data-command=connect] button");
        await ShowAsync("setup/v1/focuser/0/setup");
        Assert.Contains("10000 steps", await Page.TextAsync("[data-shows=lines]"), StringComparison.Ordinal);
        await Page.FillAsync("[name=speed]", "500");
        await Page.FollowAsync("[data-settings] button[type=submit]");
        Assert.Contains("Saved", await Page.TextAsync(".message"), StringComparison.Ordinal);
        Assert.Contains("speed: 500 steps/s", Saved, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task EveryPage_fits_a_phone_without_scrolling_sideways_in_all_colours()
    {
        await PutAsync("telescope/0/connected", ("Connected", "true"));
        await Page.ResizeAsync(360, 740, isPhone: true);
        foreach (var path in (string[])["setup", "setup/add", "setup/server", "setup/add?type=camera&driver=simulator", "setup/v1/telescope/0/setup", "setup/v1/filterwheel/0/setup"])
        {
            await ShowAsync(path);
            Assert.True(await Page.AskAsync<double>("document.documentElement.scrollWidth") <= 360, $"{path} is wider than the screen.");
            Assert.Equal("dark", await Page.AskAsync<string>("document.documentElement.dataset.theme"));
            var small = await Page.AskAsync<string[]>("[...document.querySelectorAll('main button, main .button, main select, main input[type=text]')].filter(e => e.offsetHeight > 0 && e.offsetHeight < 40).map(e => e.outerHTML)");
            Assert.True(small.Length == 0, $"Too small for a thumb on {path}: {string.Join('\n', small)}");
            await Page.PictureAsync("phone-" + string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')));
        }

        foreach (var theme in (string[])["light", "red"])
        {
            await Page.FollowAsync($".themes a[href*='to={theme}']");
            Assert.Equal(theme, await Page.AskAsync<string>("document.documentElement.dataset.theme"));
            await Page.PictureAsync($"phone-{theme}");
            await ShowAsync("setup");
            Assert.Equal(theme, await Page.AskAsync<string>("document.documentElement.dataset.theme"));
            await Page.PictureAsync($"phone-{theme}-overview");
        }
    }

    [ChromiumFact]
    public async Task Every_field_has_a_label_and_a_help_and_thePage_its_landmarks()
    {
        foreach (var path in (string[])["setup", "setup/server", "setup/add?type=camera&driver=simulator", "setup/add?type=switch&driver=simulator", "setup/v1/telescope/0/setup"])
        {
            await ShowAsync(path);
            var bare = await Page.AskAsync<string[]>("[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(e => e.labels.length === 0 || (e.hasAttribute('aria-describedby') && !e.getAttribute('aria-describedby').split(' ').every(id => document.getElementById(id)))).map(e => e.outerHTML)");
            Assert.True(bare.Length == 0, $"{path}: {string.Join('\n', bare)}");
            var twice = await Page.AskAsync<string[]>("(ids => ids.filter((id, i) => ids.indexOf(id) !== i))([...document.querySelectorAll('[id]')].map(e => e.id))");
            Assert.Empty(twice);
            Assert.Equal(1, await Page.AskAsync<int>("document.querySelectorAll('h1').length * document.querySelectorAll('main').length * document.querySelectorAll('html[lang]').length"));
        }
    }

    private static string FreeUdpPort()
    {
        using var socket = new UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
    }

    private Task ShowAsync(string path) => Page.ShowAsync(new Uri(_server.Address, path));

    private Task<string> ConfiguredDevicesAsync() => _http.GetStringAsync(new Uri(_server.Address, "management/v1/configureddevices"));

    private async Task<JsonElement> GetAsync(string member)
    {
        using var reply = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_server.Address, $"api/v1/{member}")));
        Assert.Equal("", reply.RootElement.GetProperty("ErrorMessage").GetString());
        return reply.RootElement.GetProperty("Value").Clone();
    }

    private async Task PutAsync(string member, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var reply = await _http.PutAsync(new Uri(_server.Address, $"api/v1/{member}"), form);
        using var body = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        Assert.Equal("", body.RootElement.GetProperty("ErrorMessage").GetString());
    }
}
