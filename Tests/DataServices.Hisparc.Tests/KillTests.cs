using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace DataServices.Hisparc.Tests;

/// <summary>The service as a process of its own, killed while stations upload.</summary>
public sealed class KillTests
{
    private const int Rounds = 6;
    private const int EventsPerBatch = 5;
    private static readonly DateTime _time = new(2026, 1, 5);

    [Fact]
    public async Task Killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_there_twice()
    {
        var directory = Directory.CreateTempSubdirectory("hisparc-kill-").FullName;
        try
        {
            var list = Path.Combine(directory, "stations.csv");
            await File.WriteAllTextAsync(list, "501,Amsterdam,pw\n502,Amsterdam,pw\n503,Utrecht,pw\n");
            var acknowledged = new HashSet<int>();
            var sent = 0;
            var random = new Random(4);
            for (var round = 0; round < Rounds; round++)
            {
                using var service = await ServiceProcess.StartAsync(directory, list);
                using var cancel = new CancellationTokenSource();
                var stations = Enumerable.Range(501, 3).Select(station => SendAsync(service.Client, station, () => Interlocked.Increment(ref sent), acknowledged, cancel.Token)).ToList();
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 1500)), TimeProvider.System);
                service.Kill();
                await cancel.CancelAsync();
                await Task.WhenAll(stations);
            }

            using (var service = await ServiceProcess.StartAsync(directory, list))
                Assert.Equal(0, await service.EndAsync());

            Assert.True(acknowledged.Count > 20, $"only {acknowledged.Count} batches were acknowledged");
            var stored = RunningService.Dump(new DataFolders(directory).DayFile(new DateOnly(2026, 1, 5))).EnumerateObject()
                .Where(node => node.Name.EndsWith("/events", StringComparison.Ordinal))
                .SelectMany(node => node.Value.GetProperty("rows").EnumerateArray().Select(row => row[2].GetInt32())).ToList();
            Assert.Equal(stored.Count, stored.Distinct().Count());
            Assert.Empty(acknowledged.SelectMany(batch => Enumerable.Range(batch * EventsPerBatch, EventsPerBatch)).Except(stored));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task SendAsync(HttpClient client, int station, Func<int> next, HashSet<int> acknowledged, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var batch = next();
            var events = Enumerable.Range(batch * EventsPerBatch, EventsPerBatch).Select(i => Batches.Coincidence(_time.AddSeconds(i), i)).ToArray();
            try
            {
                using var form = Batches.Form(Batches.Pickle(events), station.ToString(CultureInfo.InvariantCulture));
                using var response = await client.PostAsync(new Uri("/hisparc/upload", UriKind.Relative), form, CancellationToken.None);
                if (await response.Content.ReadAsStringAsync(CancellationToken.None) == "100")
                {
                    lock (acknowledged)
                        acknowledged.Add(batch);
                }
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }
}

/// <summary><c>dataservices hisparc serve</c> as a process.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    private static string Program => typeof(ServiceProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(found => found.Key == "Program").Value!;

    public HttpClient Client { get; } = new();

    public int Id => _process.Id;

    /// <summary><c>serve</c>, ready for uploads.</summary>
    public static Task<ServiceProcess> StartAsync(string directory, string list, params string[] more) => ReadyAsync(Start(Serve(directory, list, more)));

    /// <summary>The same with additions to its environment.</summary>
    public static Task<ServiceProcess> StartAsync(string directory, string list, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "hisparc", .. Serve(directory, list, "--blob-chunk", "512")]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return ReadyAsync(new ServiceProcess(Process.Start(start)!));
    }

    /// <summary>The same, with files that cannot grow beyond a limit: what a full disk does to the one who writes.</summary>
    public static Task<ServiceProcess> StartLimitedAsync(int kibibytes, string directory, string list)
    {
        var limited = string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {kibibytes}; exec dotnet \"$@\"");
        var start = new ProcessStartInfo("bash", ["-c", limited, "bash", Program, "hisparc", .. Serve(directory, list)]) { RedirectStandardOutput = true };

        // The runtime's own memory files would meet the limit too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return ReadyAsync(new ServiceProcess(Process.Start(start)!));
    }

    /// <summary>Starts <c>dataservices hisparc</c> with these words.</summary>
    public static ServiceProcess Start(params string[] words) => new(Process.Start(new ProcessStartInfo("dotnet", [Program, "hisparc", .. words]) { RedirectStandardOutput = true })!);

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        return await ExitAsync();
    }

    /// <summary>The exit code of a command that ends by itself.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static string[] Serve(string directory, string list, params string[] more) =>
        ["serve", "--data-dir", directory, "--station-list", list, "--port", "0", "--disk-reserve-mb", "1", .. more];

    private static async Task<ServiceProcess> ReadyAsync(ServiceProcess service)
    {
        var line = await service._process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the service said nothing");
        var url = line.Split(' ')[1];
        service.Client.BaseAddress = new Uri(url[..url.IndexOf("/hisparc", StringComparison.Ordinal)]);
        return service;
    }
}
