using System.Net;
using System.Text.Json;
using Alpaca.Contract;

namespace Alpaca.Hosting.Tests;

/// <summary>A server on a free port of the loopback interface, with the devices a test gives it, and a plain HTTP client.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly AlpacaHost _host;

    private RunningHost(AlpacaHost host, DeviceRegistry devices) => (_host, Devices) = (host, devices);

    public DeviceRegistry Devices { get; }

    public Uri Address => _host.Address;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static Task<RunningHost> StartAsync(params IAlpacaDevice[] devices) => StartAsync(new AlpacaHostOptions(), devices);

    public static async Task<RunningHost> StartAsync(AlpacaHostOptions options, params IAlpacaDevice[] devices)
    {
        var registry = new DeviceRegistry();
        for (var i = 0; i < devices.Length; i++)
            registry.Add(devices[i], devices[i].GetType().Name, $"id-{i}");
        var host = new AlpacaHost(options with { Port = 0 }, registry);
        await host.StartAsync();
        var running = new RunningHost(host, registry);
        running.Client.BaseAddress = host.Address;
        return running;
    }

    public Task<Answer> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, null, accept);

    public Task<Answer> PutAsync(string path, string form = "") =>
        SendAsync(HttpMethod.Put, path, new StringContent(form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? accept = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var response = await Client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsByteArrayAsync());
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}

/// <summary>What came back, as bytes.</summary>
internal sealed class Answer(HttpResponseMessage response, byte[] body)
{
    public HttpStatusCode Status { get; } = response.StatusCode;

    public string? ContentType { get; } = response.Content.Headers.ContentType?.ToString();

    public string Allow { get; } = string.Join(", ", response.Content.Headers.Allow);

    public Uri? Location { get; } = response.Headers.Location;

    public byte[] Body => body;

    public string Text => System.Text.Encoding.UTF8.GetString(body);

    public JsonElement Json
    {
        get
        {
            Assert.Equal(HttpStatusCode.OK, Status);
            Assert.Equal("application/json; charset=utf-8", ContentType);
            return JsonDocument.Parse(body).RootElement;
        }
    }

    public JsonElement Value
    {
        get
        {
            Assert.Equal(0, Error);
            Assert.Equal("", Json.GetProperty("ErrorMessage").GetString());
            return Json.GetProperty(nameof(Value));
        }
    }

    public int Error => Json.GetProperty("ErrorNumber").GetInt32();

    public string Message => Json.GetProperty("ErrorMessage").GetString()!;

    public void ShouldBeRefused(HttpStatusCode status, string mentioning)
    {
        Assert.True(status == Status, $"{Status}: {Text}");
        Assert.Equal("text/plain; charset=utf-8", ContentType);
        Assert.Contains(mentioning, Text, StringComparison.Ordinal);
    }
}
