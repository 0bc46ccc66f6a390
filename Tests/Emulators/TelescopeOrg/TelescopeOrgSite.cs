using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emulators.TelescopeOrg;

/// <summary>
/// The site of telescope.org on the loopback interface: user "tester", password "s3cret". POST a JSON object to <c>/__ctl</c> to make it
/// misbehave, GET <c>/__log</c> to see every request it had.
/// </summary>
public sealed class TelescopeOrgSite : IAsyncDisposable
{
    public const string User = "tester", Password = "s3cret";
    private readonly WebApplication _application;

    private TelescopeOrgSite(WebApplication application, Uri url) => (_application, Url) = (application, url);

    /// <summary>Its address.</summary>
    public Uri Url { get; }

    /// <summary>Starts it on 127.0.0.1.</summary>
    /// <param name="port">TCP port, 0 for any free one.</param>
    /// <param name="completeAfter">How long after a submission its frames are there; null: only when <c>complete</c> is set by <c>/__ctl</c>.</param>
    public static async Task<TelescopeOrgSite> StartAsync(int port = 0, TimeSpan? completeAfter = null, TimeProvider? clock = null, CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port));
        var application = builder.Build();
        var handler = new SiteHandler(clock ?? TimeProvider.System, completeAfter);
        application.Run(handler.HandleAsync);
        await application.StartAsync(cancel);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(application, new Uri(address + "/"));
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitAsync(CancellationToken cancel) => _application.WaitForShutdownAsync(cancel);

    /// <summary>Makes it misbehave, as <c>/__ctl</c> does.</summary>
    public async Task ControlAsync(string json, CancellationToken cancel = default)
    {
        using var http = new HttpClient();
        using var content = new StringContent(json);
        using var response = await http.PostAsync(new Uri(Url, "__ctl"), content, cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Every request so far.</summary>
    public async Task<IReadOnlyList<SiteLogEntry>> LogAsync(CancellationToken cancel = default)
    {
        using var http = new HttpClient();
        return JsonSerializer.Deserialize<List<SiteLogEntry>>(await http.GetStringAsync(new Uri(Url, "__log"), cancel), SiteLogEntry.Json)!;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
