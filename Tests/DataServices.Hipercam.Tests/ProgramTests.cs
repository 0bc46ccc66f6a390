using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DataServices.Aartfaac;
using DataServices.Fits;
using Emulators.HipercamServer;

namespace DataServices.Hipercam.Tests;

/// <summary>The program itself, as scripts call it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Frames_come_as_json_with_the_names_scripts_depend_on()
    {
        HipercamRunTests.Windowed((16, 4)).Write(_folder["run0001.fits"], [1, 2, 4]);
        var (code, output, error) = await RunAsync("frames", "hl", _folder["run0001"], "--first", "2", "--json");
        Assert.Equal(0, code);
        Assert.Contains("1 frames were lost", error, StringComparison.Ordinal);
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        using var frame = JsonDocument.Parse(lines[1]);
        Assert.Equal(["frame", "time", "mjdInt", "mjdFrac", "goodTime", "exptime", "dropped", "ccds"], Names(frame.RootElement));
        Assert.Equal((4, 1), (frame.RootElement.GetProperty("frame").GetInt32(), frame.RootElement.GetProperty("dropped").GetInt32()));
        Assert.Equal("2026-12-31T23:59:56.500000000", frame.RootElement.GetProperty("time").GetString());
        var ccd = frame.RootElement.GetProperty("ccds")[4];
        Assert.Equal(["label", "isData", "time", "mjdInt", "mjdFrac", "exptime", "goodTime", "windows"], Names(ccd));
        var window = ccd.GetProperty("windows")[0];
        Assert.Equal(["label", "llx", "lly", "nx", "ny", "xbin", "ybin", "sum", "min", "max", "crc32"], Names(window));
        Assert.Matches("^[0-9a-f]{8}$", window.GetProperty("crc32").GetString());

        using var chips = JsonDocument.Parse($"[{(await RunAsync("ccds", "hl", "no-such-run", "--json")).Output.TrimEnd('\n').Replace('\n', ',')}]");
        Assert.Equal(5, chips.RootElement.GetArrayLength());
        Assert.Equal("""{"label":"1","nxmax":2048,"nymax":1024,"nxpad":50,"nypad":8}""", chips.RootElement[0].GetRawText());
    }

    [Fact]
    public async Task What_JSON_has_no_number_for_is_null()
    {
        Window Of(string label, params float[] pixels) => new(new WindowGeometry(label, 1, 1, pixels.Length, 1, 1, 1), pixels);
        using (var frame = new Mccd([new Ccd("1", [Of("a", 1, float.NaN), Of("b", -1, float.PositiveInfinity), Of("c", 1e-45f, 0)], new CcdSize(9, 9, 0, 0), new FitsHeader())], new FitsHeader()))
            HcmFile.Write(_folder["odd.hcm"], frame);
        await File.WriteAllTextAsync(_folder["odd.lis"], _folder["odd"]);
        var (code, output, error) = await RunAsync("frames", "hf", _folder["odd.lis"], "--json");
        Assert.Equal((0, ""), (code, error));
        using var line = JsonDocument.Parse(output);
        var windows = line.RootElement.GetProperty("ccds")[0].GetProperty("windows");
        (double? Sum, double? Min, double? Max) Read(int index)
        {
            double? Number(string name) => windows[index].GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
            return (Number("sum"), Number("min"), Number("max"));
        }

        Assert.Equal((null, null, null), Read(0));
        Assert.Equal((null, -1, null), Read(1));
        Assert.Equal(((double)1e-45f, 0, 1e-45f), Read(2));

        var (preview, _, trouble) = await RunAsync("preview", "hf", _folder["odd.lis"], "--frame", "1", "--out", _folder["odd.png"]);
        Assert.Equal((0, ""), (preview, trouble));
    }

    [Fact]
    public async Task A_table_in_a_pipe_has_no_colours_and_says_what_the_run_is()
    {
        UltracamRunTests.Pair(16, 3).Write(_folder["run001"], 2);
        var (code, output, _) = await RunAsync("frames", "ul", _folder["run001"], "--ccd", "3");
        Assert.Equal(0, code);
        Assert.DoesNotContain('\u001b', output);
        Assert.StartsWith("1-PAIR, binned 1 x 1, windows 101,601,201,16,3\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("1: 2 x", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_are_exported_shown_and_listed()
    {
        HipercamRunTests.Windowed((16, 4)).Write(_folder["run0001.fits"], [1, 2, 3]);
        var (code, output, _) = await RunAsync("export", "hl", _folder["run0001"], "--out", _folder["frames"], "--first", "2", "--limit", "1");
        Assert.Equal((0, _folder[Path.Combine("frames", "run0001_00002.hcm")] + "\n"), (code, output));
        await File.WriteAllTextAsync(_folder["list.lis"], output);
        Assert.Equal(
            (await RunAsync("frames", "hl", _folder["run0001"], "--first", "2", "--limit", "1", "--json")).Output,
            (await RunAsync("frames", "hf", _folder["list.lis"], "--json")).Output);
        Assert.Equal(0, (await RunAsync("preview", "hf", _folder["list.lis"], "--frame", "0", "--out", _folder["a.png"])).Code);
        Assert.Equal("\u0089PNG"u8[1..].ToArray(), File.ReadAllBytes(_folder["a.png"]).AsSpan(0, 4).ToArray());
        Assert.Equal("run0001\n", (await RunAsync("runs", "hl", _folder.Path)).Output);
    }

    [Fact]
    public async Task Runs_of_a_file_server_are_listed_and_read()
    {
        HipercamRunTests.Windowed((16, 4)).Write(_folder["run0001.fits"], [1, 2, 3]);
        UltracamRunTests.Pair(16, 3).Write(_folder["run002"], 2);
        await using var server = await RunServer.StartAsync(_folder.Path);
        Assert.Equal("[\"run0001\"]\n", (await RunAsync("runs", "hs", "--server", server.Address, "--json")).Output);
        Assert.Equal("run002\n", (await RunAsync("runs", "us", "--server", "http://" + server.Address)).Output);
        Assert.Equal(
            (await RunAsync("frames", "ul", _folder["run002"], "--json")).Output,
            (await RunAsync("frames", "us", "run002", "--json", "--server", "http://" + server.Address)).Output);
    }

    [Fact]
    public async Task An_instrument_somebody_adds_is_read_by_its_name()
    {
        Directory.CreateDirectory(_folder["instruments"]);
        File.Copy(typeof(AddedInstrument).Assembly.Location, _folder[Path.Combine("instruments", "added.dll")]);
        var environment = ("ALPACA_INSTRUMENTS", _folder["instruments"]);
        var (code, output, _) = await RunAsync(environment, "frames", "added:local", "run7", "--json");
        Assert.Equal(0, code);
        Assert.Contains("\"label\":\"W\"", output, StringComparison.Ordinal);
        Assert.Equal("""{"label":"only","nxmax":10,"nymax":20,"nxpad":0,"nypad":0}""" + "\n", (await RunAsync(environment, "ccds", "added:local", "run7", "--json")).Output);
        Assert.Contains("has no file server", (await RunAsync(environment, "frames", "added:server", "run7")).Error, StringComparison.Ordinal);
        Assert.Contains("there are added, and built in hl", (await RunAsync(environment, "frames", "missed:local", "run7")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_images_come_as_json_and_as_FITS_files()
    {
        await using var emulator = AartfaacEmulator.Start(new EmulatorOptions { Ports = [0, 0], Cadence = TimeSpan.FromMilliseconds(50) });
        using var stop = new CancellationTokenSource();
        var serving = emulator.RunAsync(stop.Token);
        var endpoints = emulator.Endpoints.Select(endpoint => endpoint.ToString()).ToArray();
        var (code, output, _) = await RunAsync(["aartfaac", "listen", .. endpoints, "--cadence", "1s", "--count", "3", "--json", "--out", _folder["images"]]);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
        Assert.Equal(0, code);
        var groups = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(3, groups.Count);
        Assert.Equal(["time", "complete", "reason", "images"], Names(groups[2]));
        Assert.Equal(["endpoint", "restfreq", "width", "height", "crc32", "sum"], Names(groups[2].GetProperty("images")[0]));
        var files = Directory.GetFiles(_folder["images"], "*.fits").Order().ToList();
        Assert.Equal(3, files.Count);
        using var cube = FitsFile.Open(files[2]);
        Assert.Equal(groups[2].GetProperty("images").GetArrayLength(), cube.Hdu(0).Shape[2]);
        Assert.True(File.Exists(_folder[Path.Combine("images", "latest.png")]));
    }

    [Fact]
    public async Task A_running_stream_tells_its_state_and_shows_its_latest_image_over_HTTP()
    {
        await using var emulator = AartfaacEmulator.Start(new EmulatorOptions { Ports = [0], Cadence = TimeSpan.FromMilliseconds(50) });
        using var stop = new CancellationTokenSource();
        var serving = emulator.RunAsync(stop.Token);
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        using var program = Start(("ALPACA_INSTRUMENTS", ""), ["aartfaac", "listen", $"{emulator.Endpoints[0]}", "--status", $"{port}"]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        var fits = await Until(http, "/latest.fits");
        using (var file = FitsFile.Open("latest", fits))
            Assert.Equal([48, 32], file.Hdu(0).Shape);
        Assert.Equal((byte)'P', (await http.GetByteArrayAsync("/latest.png"))[1]);
        Assert.Equal("healthy\n", await http.GetStringAsync("/health"));
        Assert.Matches($"aartfaac_windows_total{{endpoint=\"{emulator.Endpoints[0]}\"}} [1-9]", await http.GetStringAsync("/metrics"));
        using var status = JsonDocument.Parse(await http.GetStringAsync("/status"));
        Assert.True(status.RootElement.GetProperty("endpoints")[0].GetProperty("connected").GetBoolean());

        await emulator.DisposeAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
        // One subband, silent for more than five cadences of a second.
        Assert.StartsWith("degraded: ", Encoding.UTF8.GetString(await Until(http, "/health", HttpStatusCode.ServiceUnavailable)), StringComparison.Ordinal);
        program.Kill();
        await program.WaitForExitAsync();
    }

    private static async Task<byte[]> Until(HttpClient http, string path, HttpStatusCode wanted = HttpStatusCode.OK)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var reply = await http.GetAsync(path);
                if (reply.StatusCode == wanted)
                    return await reply.Content.ReadAsByteArrayAsync();
            }
            catch (HttpRequestException)
            {
                // The program has not come so far.
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), $"{path} never answered {wanted}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    [Fact]
    public async Task Captured_streams_are_read_up_to_what_is_broken()
    {
        const string stamp = "2026-03-14T23:59:50";
        await File.WriteAllBytesAsync(_folder["a.bin"], EmulatorWindow.Make(4, 3, "1", stamp));
        await File.WriteAllBytesAsync(
            _folder["b.bin"], [.. EmulatorWindow.Make(4, 3, "2", "nonsense"), .. EmulatorWindow.Make(4, 3, "2", stamp), .. EmulatorWindow.Make(4, 3, "2", stamp)[..600]]);
        var (code, output, error) = await RunAsync("aartfaac", "read", _folder["a.bin"], _folder["b.bin"], "--json");
        Assert.Equal(1, code);
        Assert.StartsWith("""{"time":"2026-03-14T23:59:50Z","complete":true,"reason":"complete","images":[{"endpoint":""", output, StringComparison.Ordinal);
        Assert.Contains("b.bin: window 1 rejected: DATE-OBS", error, StringComparison.Ordinal);
        Assert.Contains("b.bin: connection closed inside window 3", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frames hl {0}/none", "none.fits: there is no such run")]
    [InlineData("frames ul {0}/none", "none.xml: there is no such run")]
    [InlineData("frames hl {0}/cut", "frame 3 of")]
    [InlineData("frames hl {0}/mode", "the readout mode \"Sideways\" is not known")]
    [InlineData("frames hl {0}/scan", "the prescan of 50 columns cannot be binned by 3")]
    [InlineData("frames hl {0}/noise", "is not a FITS file")]
    [InlineData("frames ul {0}/power", "power on/off")]
    [InlineData("frames ul {0}/size", "999")]
    [InlineData("frames ul {0}/short", "frame 2 of")]
    [InlineData("frames hf {0}/none.lis", "none.lis: there is no such list")]
    [InlineData("frames hf {0}/gone.lis", "gone.hcm: there is no such file")]
    [InlineData("frames hf {0}/noise.lis", "noise.hcm")]
    [InlineData("ccds hf {0}/empty.lis", "names no file")]
    [InlineData("ccds zz x", "not a data source")]
    [InlineData("frames hl {0}/cut --ccd 9", "no CCD \"9\"")]
    [InlineData("frames hl {0}/cut --first -2", "only the HiPERCAM server")]
    [InlineData("frames hl {0}/cut --limit -1", "--limit -1")]
    [InlineData("preview hl {0}/cut --frame 9 --out {0}/x.png", "frame 9 is not there")]
    [InlineData("frames us run001 --server http://127.0.0.1:1/", "127.0.0.1:1")]
    [InlineData("frames hs run0001 --server 127.0.0.1:1/", "cannot be reached")]
    [InlineData("aartfaac read {0}/noise.fits", "is not an AARTFAAC image stream")]
    [InlineData("aartfaac listen nowhere", "not an endpoint")]
    [InlineData("aartfaac emulate --cadence 0s", "at least 1ms")]
    public async Task What_cannot_be_done_is_said_in_a_sentence_and_by_the_exit_code(string line, string message)
    {
        HipercamRunTests.Windowed((16, 4)).Write(_folder["cut.fits"], [1, 2, 3]);
        var whole = await File.ReadAllBytesAsync(_folder["cut.fits"]);
        await File.WriteAllBytesAsync(_folder["cut.fits"], whole[..^3200]);
        new HipercamRunWriter("Sideways", (4, 4)).Write(_folder["mode.fits"], [1]);
        HipercamRunTests.Windowed((16, 4)).Set("INCPRSCX", "T").Set("BINX1", "3").Write(_folder["scan.fits"], [1]);
        foreach (var name in (string[])["noise.fits", "noise.hcm"])
            await File.WriteAllBytesAsync(_folder[name], [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))]);
        new UltracamRunWriter("ap1_poweron", 10).Write(_folder["power"], 0);
        var size = UltracamRunTests.Pair(16, 3);
        size.ClaimedBytes = 999;
        size.Write(_folder["size"], 1);
        UltracamRunTests.Pair(16, 3).Write(_folder["short"], 1, tail: 40);
        await File.WriteAllTextAsync(_folder["empty.lis"], "# nothing\n\n");
        await File.WriteAllTextAsync(_folder["gone.lis"], "gone\n");
        await File.WriteAllTextAsync(_folder["noise.lis"], "noise\n");

        var (code, _, error) = await RunAsync(line.Replace("{0}", _folder.Path, StringComparison.Ordinal).Split(' '));
        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(("ALPACA_INSTRUMENTS", ""), arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value) environment, params string[] arguments)
    {
        using var program = Start(environment, arguments);
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await error);
    }

    private static Process Start((string Name, string Value) environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dataservices.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[environment.Name] = environment.Value;
        return Process.Start(start)!;
    }
}

/// <summary>An instrument as somebody else would write it: one frame of one chip.</summary>
public sealed class AddedInstrument : IInstrument
{
    public string Name => "added";

    public bool HasServer => false;

    public ValueTask<FrameSource> OpenAsync(string resource, bool isServer, SourceOptions options, CancellationToken cancel) => new(new OneFrame(resource));

    public ValueTask<IReadOnlyList<KeyValuePair<string, CcdSize>>> GetCcdsAsync(string resource, bool isServer, SourceOptions options, CancellationToken cancel) =>
        new([new("only", new CcdSize(10, 20, 0, 0))]);

    private sealed class OneFrame(string name) : FrameSource(name)
    {
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        protected override ValueTask<NextFrame> NextAsync(CancellationToken cancel)
        {
            if (Frames > 0)
                return new(NextFrame.End);
            var window = new Window(new WindowGeometry("W", 1, 1, 2, 2, 1, 1), (float[])[1, 2, 3, 4]);
            return new(NextFrame.Of(new Mccd([new Ccd("only", [window], new CcdSize(10, 20, 0, 0), new FitsHeader())], new FitsHeader())));
        }
    }
}
