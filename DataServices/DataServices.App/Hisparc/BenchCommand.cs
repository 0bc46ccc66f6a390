using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using DataServices.Hisparc;
using DataServices.Hisparc.Emulation;
using DataServices.Hisparc.Store;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc bench</c>: how fast uploads are acknowledged and carried over into day files on this machine.</summary>
internal static class BenchCommand
{
    private const int Clients = 50;
    private const double ReferenceEventsPerSecond = 1005;

    // What a network ten times the present one sends.
    private const double SustainedEventsPerSecond = 2000;
    private static readonly DateTime _first = new(2026, 1, 5);

    public static Command Create()
    {
        var events = new Option<int>("--events") { Description = "Events per case: four traces of 1,000 samples each", DefaultValueFactory = _ => 20_000 };
        var seconds = new Option<double>("--seconds") { Description = "How long 50 clients upload, and how long the idle service is watched", DefaultValueFactory = _ => 10 };
        var folder = new Option<DirectoryInfo?>("--data-dir") { Description = "Disk to measure on; default the temporary folder" };
        var command = new Command("bench", "Measures uploads, the writer, latency, memory and idle processor time") { events, seconds, folder };
        command.SetAction(async (parsed, cancel) =>
        {
            var directory = parsed.GetValue(folder) is { } chosen ? Path.Combine(chosen.FullName, "hisparc-bench") : Directory.CreateTempSubdirectory("hisparc-bench-").FullName;
            try
            {
                // Once unseen: what is compiled then is not part of any case.
                await DrainAsync(Path.Combine(directory, "warm"), Math.Min(2000, parsed.GetValue(events)), 1, 100, say: false, cancel);
                Console.WriteLine("case                           acknowledged   drained to HDF5   ratio to the reference writer (1,005 events/s on two such cores)");
                foreach (var (stations, batch) in ((int, int)[])[(1, 100), (1, 1000), (1, 1), (100, 100), (100, 1000), (100, 1)])
                    await DrainAsync(Path.Combine(directory, $"{stations}-{batch}"), parsed.GetValue(events), stations, batch, say: true, cancel);
                await LatencyAsync(Path.Combine(directory, "latency"), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancel);
                return 0;
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        });
        return command;
    }

    private static async Task DrainAsync(string directory, int events, int stations, int batch, bool say, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        await using var service = Open(directory, stations, clock);
        service.LoadStations();
        var perStation = Enumerable.Range(1, stations).Select(number => new EmulatedStation(number, "pw", 1000)).ToList();
        var forms = Enumerable.Range(0, events / batch).Select(i => perStation[i % stations]).Select(station => station.Form(station.NextBatch(_first, batch))).ToList();
        var begun = clock.GetTimestamp();
        await Parallel.ForEachAsync(forms, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancel }, async (form, token) =>
        {
            if ((await service.Uploads.ReceiveAsync(form, "bench", token)).Code != "100")
                throw new IOException("An upload was refused.");
        });
        var acknowledged = forms.Count * batch / clock.GetElapsedTime(begun).TotalSeconds;
        begun = clock.GetTimestamp();
        var waiting = service.Materialiser.Drain();
        if (waiting.Count > 0)
            throw new IOException(waiting[0]);
        var drained = forms.Count * batch / clock.GetElapsedTime(begun).TotalSeconds;
        if (!say)
            return;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{stations,3} stations, batches of {batch,4}  {acknowledged,8:F0} /s     {drained,8:F0} /s        {drained / ReferenceEventsPerSecond:F1}    {Memory()}"));
    }

    private static async Task LatencyAsync(string directory, TimeSpan time, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        await using var service = Open(directory, Clients, clock);
        service.Start();
        await using var web = HisparcWeb.Create(
            service, new HisparcOptions { DataDirectory = directory, StationList = "" }, kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1), Messages.WebOnly, clock);
        await web.StartAsync(cancel);
        using (var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }))
        {
            var stations = Enumerable.Range(1, Clients).Select(number => new EmulatedStation(number, "pw", 1000)).ToList();
            var url = new Uri(web.Urls.Single() + "/hisparc/upload");
            foreach (var (rate, what) in ((double, string)[])[(SustainedEventsPerSecond, "2,000 events/s in all"), (0, "as fast as they are answered")])
            {
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                ending.CancelAfter(time);
                var tally = new EmulateCommand.Tally();
                var begun = clock.GetTimestamp();

                // Stations know nothing of each other: their uploads are spread over the time, not sent at one stroke.
                async Task UploadAsync(EmulatedStation station, TimeSpan after)
                {
                    await Task.Delay(after, clock, cancel);
                    await EmulateCommand.RunAsync(client, url, station, rate / Clients, 100, tally, ending.Token);
                }

                await Task.WhenAll(stations.Select(station => UploadAsync(station, rate > 0 ? TimeSpan.FromSeconds(100 / rate * station.Number) : TimeSpan.Zero)));
                Console.WriteLine($"{Clients} clients in the same process, batches of 100, {what}: {tally.Summary(clock.GetElapsedTime(begun))}; {Memory()}");
            }
        }

        var drain = clock.GetTimestamp();
        while (service.Backlog > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancel);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the last batch was in its day file {clock.GetElapsedTime(drain).TotalSeconds:F1} s after the last answer"));
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(time, clock, cancel);
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle: {100 * (process.TotalProcessorTime - before) / time:F2} % of a core"));
        await web.StopAsync(cancel);
        _ = await service.StopAsync();
    }

    private static HisparcService Open(string directory, int stations, TimeProvider clock)
    {
        Directory.CreateDirectory(directory);
        var list = Path.Combine(directory, "stations.csv");
        File.WriteAllLines(list, Enumerable.Range(1, stations).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number},Cluster {number % 7},pw")));
        return HisparcService.Open(new HisparcOptions { DataDirectory = directory, StationList = list, Store = new StoreOptions() }, clock, NullLogger.Instance);
    }

    private static string Memory()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"peak {process.PeakWorkingSet64 >> 20} MiB");
    }
}
