using System.Net.Http.Headers;
using Alpaca.Contract;
using Alpaca.Contract.Description;
using Alpaca.Hosting;

namespace Conformance.Tests;

/// <summary>A server with one recording device of each type, reached over real HTTP.</summary>
public sealed class ServerFixture : IAsyncLifetime, IDisposable
{
    private readonly Dictionary<string, IAlpacaDevice> _devices = [];
    private readonly HttpClient _client = new();
    private AlpacaHost? _host;

    /// <summary>All operations of all types; the common ones once for each type.</summary>
    public static IEnumerable<Operation> Operations { get; } =
        [.. ApiDescription.Devices.SelectMany(d => ApiDescription.Common.Members.Concat(d.Members).Select(m => new Operation(d.DeviceType, m)))];

    internal IAlpacaDevice Device(string type) => _devices[type];

    public async Task InitializeAsync()
    {
        var registry = new DeviceRegistry();
        var contracts = typeof(IAlpacaDevice).Assembly.GetTypes().Where(t => t.IsInterface && t != typeof(IAlpacaDevice) && t.IsAssignableTo(typeof(IAlpacaDevice)));
        foreach (var contract in contracts)
        {
            var device = RecordingDevice.Create(contract);
            var registered = registry.Add(device, contract.Name, contract.Name);
            _devices.Add(registered.DeviceType, device);
        }

        _host = new AlpacaHost(new AlpacaHostOptions { Port = 0, WatchInterval = null }, registry);
        await _host.StartAsync();
        _client.BaseAddress = _host.Address;
    }

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    public void Dispose() => _client.Dispose();

    /// <summary>Sends parameters where the verb wants them: query string or form.</summary>
    public async Task<HttpReply> SendAsync(string verb, string path, params (string Name, string Value)[] parameters)
    {
        var pairs = string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        using var request = new HttpRequestMessage(new HttpMethod(verb), verb == "GET" ? $"{path}?{pairs}" : path);
        if (verb == "PUT" && parameters.Length > 0)
            request.Content = new StringContent(pairs, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var response = await _client.SendAsync(request);
        return new HttpReply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync());
    }
}

/// <summary>One verb of one member of one device type.</summary>
public sealed record Operation(string DeviceType, MemberDescription Member)
{
    public string Path => $"/api/v1/{DeviceType}/0/{Member.Route}";

    public string Verb => Member.Verb;

    public override string ToString() => $"{Verb} {Path}";
}

/// <summary>What came back.</summary>
public sealed record HttpReply(int Status, string? ContentType, string Body);
