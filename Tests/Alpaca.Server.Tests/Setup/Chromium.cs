using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alpaca.Server.Tests.Setup;

/// <summary>A test that needs the Chromium browser; it is skipped, and says so, where there is none.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Program is null)
            Skip = "Chromium is not installed (Debian: apt install chromium).";
    }
}

/// <summary>One browser for the tests of a class; each test has a context of its own in it, as a private window has.</summary>
public sealed class SharedChromium : IAsyncLifetime
{
    internal Chromium? Browser { get; private set; }

    public async Task InitializeAsync() => Browser = Chromium.Program is null ? null : await Chromium.StartAsync();

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
    }
}

/// <summary>A headless browser of a test's own, spoken to by the DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ended = new();
    private Task _receiving = Task.CompletedTask;
    private int _id;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Where the browser is; null if there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>What the pages told: method and parameters.</summary>
    public event Action<string, JsonNode>? Told;

    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("alpaca-chromium-").FullName;
        var start = new ProcessStartInfo(Program!) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
            start.ArgumentList.Add(argument);
        var browser = new Chromium(Process.Start(start)!, profile);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a page of its own.</summary>
    public async Task<BrowserPage> OpenAsync()
    {
        var context = (await SendAsync("Target.createBrowserContext"))["browserContextId"]!.GetValue<string>();
        var target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank", ["browserContextId"] = context });
        var session = await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true });
        return await BrowserPage.CreateAsync(this, session["sessionId"]!.GetValue<string>(), context);
    }

    /// <summary>Asks the browser, or a page of it.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _id);
        var reply = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = reply;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            message["sessionId"] = session;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, _ended.Token);
        }
        finally
        {
            _sending.Release();
        }

        return await reply.Task.WaitAsync(Deadline);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _receiving;
        _socket.Dispose();
        _process.Dispose();
        _sending.Dispose();
        _ended.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync()
    {
        const string Ready = "DevTools listening on ";
        using var deadline = new CancellationTokenSource(Deadline);
        while (await _process.StandardError.ReadLineAsync(deadline.Token) is { } line)
        {
            if (!line.StartsWith(Ready, StringComparison.Ordinal))
                continue;
            _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
            await _socket.ConnectAsync(new Uri(line[Ready.Length..]), deadline.Token);
            _receiving = ReceiveAsync();
            return;
        }

        throw new InvalidOperationException("Chromium ended before it listened.");
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                using var message = new MemoryStream();
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer, _ended.Token);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                Take(JsonNode.Parse(message.ToArray())!);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            foreach (var waiting in _waiting.Values)
                waiting.TrySetException(new InvalidOperationException("The browser is gone."));
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is not { } id)
        {
            Told?.Invoke(message["method"]!.GetValue<string>(), message);
            return;
        }

        if (!_waiting.TryRemove(id, out var waiting))
            return;
        if (message["error"] is { } error)
            waiting.TrySetException(new InvalidOperationException(error.ToJsonString()));
        else
            waiting.TrySetResult(message["result"]!);
    }
}
