using System.Net;
using System.Text.Json;
using DataServices.Hdf5;
using DataServices.Hisparc.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataServices.Hisparc.Tests;

/// <summary>The service on a data directory of its own, over real HTTP.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private HisparcService? _service;
    private WebApplication? _web;

    private RunningService(HisparcOptions options) => Options = options;

    public HisparcOptions Options { get; private set; }

    public HttpClient Client { get; private set; } = new();

    public HisparcService Service => _service!;

    public string Directory => Options.DataDirectory;

    public static async Task<RunningService> StartAsync(Func<HisparcOptions, HisparcOptions>? change = null, string stations = "501,Amsterdam,pw\n502,Salt Lake City,s3cret &=\n")
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("hisparc-test-").FullName;
        var list = Path.Combine(directory, "stations.csv");
        await File.WriteAllTextAsync(list, stations);
        var options = new HisparcOptions { DataDirectory = directory, StationList = list, Store = new StoreOptions { DiskReserve = 1 << 20, BlobChunk = 512 } };
        var running = new RunningService(change?.Invoke(options) ?? options);
        await running.BeginAsync();
        return running;
    }

    public async Task BeginAsync()
    {
        _service = HisparcService.Open(Options, TimeProvider.System, NullLogger.Instance);
        _service.Start();
        _web = HisparcWeb.Create(_service, Options, kestrel => kestrel.Listen(IPAddress.Loopback, 0), _ => { }, TimeProvider.System);
        await _web.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_web.Urls.Single()) };
    }

    /// <summary>Stops as SIGTERM does: everything acknowledged is in the files afterwards.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        Client.Dispose();
        await _web!.DisposeAsync();
        var waiting = await _service!.StopAsync();
        await _service.DisposeAsync();
        _service = null;
        return waiting;
    }

    public async Task<string> UploadAsync(HttpContent form)
    {
        using (form)
        using (var response = await Client.PostAsync(new Uri("/hisparc/upload", UriKind.Relative), form))
            return await response.Content.ReadAsStringAsync();
    }

    public Task<string> UploadAsync(params Dictionary<string, object?>[] events) => UploadAsync(Batches.Form(Batches.Pickle(events)));

    public string DayFile(int year, int month, int day) => new DataFolders(Directory).DayFile(new DateOnly(year, month, day));

    public static JsonElement Dump(string path)
    {
        using var file = Hdf5File.Open(path);
        using var output = new MemoryStream();
        DayDump.WriteJson(file, output);
        return JsonDocument.Parse(output.ToArray()).RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await EndAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
