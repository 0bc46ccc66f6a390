using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alpaca.Server.Tests.Setup;

/// <summary>A page in the browser, used as a person would: clicks and keys at places on the screen.</summary>
internal sealed class BrowserPage
{
    private readonly Chromium _browser;
    private readonly string _session;
    private readonly string _context;
    private TaskCompletionSource _loaded = new();

    private BrowserPage(Chromium browser, string session, string context)
    {
        (_browser, _session, _context) = (browser, session, context);
        browser.Told += Take;
    }

    /// <summary>Errors that the page or the browser put on the console.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Every address that was asked for.</summary>
    public ConcurrentQueue<Uri> Requests { get; } = new();

    public static async Task<BrowserPage> CreateAsync(Chromium browser, string session, string context)
    {
        var page = new BrowserPage(browser, session, context);
        foreach (var domain in (string[])["Page", "Runtime", "Network", "Log"])
            await page.SendAsync($"{domain}.enable");
        return page;
    }

    /// <summary>Closes the page and forgets its cookies.</summary>
    public async Task CloseAsync()
    {
        _browser.Told -= Take;
        await _browser.SendAsync("Target.disposeBrowserContext", new JsonObject { ["browserContextId"] = _context });
    }

    public async Task ShowAsync(Uri address)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });
        await LoadedAsync();
    }

    /// <summary>The size of a phone, or of a desk's screen.</summary>
    public Task ResizeAsync(int width, int height, bool isPhone) => SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject
    {
        ["width"] = width,
        ["height"] = height,
        ["deviceScaleFactor"] = isPhone ? 2 : 1,
        ["mobile"] = isPhone,
    });

    public Task WithoutScriptAsync() => SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true });

    public async Task<T> AskAsync<T>(string script)
    {
        var reply = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(reply["exceptionDetails"] is null, $"{script}: {reply["exceptionDetails"]?.ToJsonString()}");
        return reply["result"]!["value"].Deserialize<T>()!;
    }

    public Task<string> TextAsync(string selector) => AskAsync<string>($"document.querySelector({Quoted(selector)})?.innerText ?? '(nothing)'");

    /// <summary>Waits, in the page, until a condition holds.</summary>
    public async Task UntilAsync(string condition)
    {
        var isSo = await AskAsync<bool>($$"""
            new Promise(done => {
              const begun = performance.now();
              const look = () => {
                if ({{condition}}) done(true);
                else if (performance.now() - begun > 30000) done(false);
                else setTimeout(look, 40);
              };
              look();
            })
            """);
        Assert.True(isSo, $"It never became so: {condition}\n{await AskAsync<string>("document.body.innerText")}");
    }

    /// <summary>Presses and lets go the mouse in the middle of an element.</summary>
    public async Task ClickAsync(string selector)
    {
        var place = await AskAsync<double[]?>($$"""
            (() => {
              const element = document.querySelector({{Quoted(selector)}});
              if (!element) return null;
              element.scrollIntoView({ block: 'center' });
              const box = element.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            })()
            """);
        Assert.True(place is not null, $"There is no {selector}.");
        foreach (var type in (string[])["mousePressed", "mouseReleased"])
        {
            await SendAsync("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = type,
                ["x"] = place[0],
                ["y"] = place[1],
                ["button"] = "left",
                ["clickCount"] = 1,
            });
        }
    }

    /// <summary>Clicks what leads to another page, and waits for it.</summary>
    public async Task FollowAsync(string selector)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await ClickAsync(selector);
        await LoadedAsync();
    }

    /// <summary>Types a text in the place of what is in a field.</summary>
    public async Task FillAsync(string selector, string text)
    {
        await ClickAsync(selector);
        await AskAsync<bool>($"document.querySelector({Quoted(selector)}).select(), true");
        if (text.Length > 0)
        {
            await SendAsync("Input.insertText", new JsonObject { ["text"] = text });
            return;
        }

        foreach (var type in (string[])["keyDown", "keyUp"])
            await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = "Backspace", ["code"] = "Backspace", ["windowsVirtualKeyCode"] = 8 });
    }

    /// <summary>Keeps a picture of the page for people, if ALPACA_SCREENSHOTS names a folder.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("ALPACA_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        var reply = await SendAsync("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true });
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), Convert.FromBase64String(reply["data"]!.GetValue<string>()));
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private Task LoadedAsync() => _loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));

    private Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => _browser.SendAsync(method, parameters, _session);

    private void Take(string method, JsonNode message)
    {
        if (message["sessionId"]?.GetValue<string>() != _session)
            return;
        var told = message["params"]!;
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent" when told["request"]!["url"]!.GetValue<string>() is var url && !url.StartsWith("data:", StringComparison.Ordinal):
                Requests.Enqueue(new Uri(url));
                break;
            case "Runtime.exceptionThrown":
                Errors.Enqueue(told.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when told["type"]!.GetValue<string>() is "error" or "warning":
                Errors.Enqueue(told.ToJsonString());
                break;
            case "Log.entryAdded" when told["entry"]!["level"]!.GetValue<string>() is "error" or "warning":
                Errors.Enqueue(told["entry"]!["text"]!.GetValue<string>());
                break;
        }
    }
}
