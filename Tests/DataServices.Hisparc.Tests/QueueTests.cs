using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DataServices.Hisparc.Queue;
using DataServices.Hisparc.Store;

namespace DataServices.Hisparc.Tests;

/// <summary>Several machines: one takes uploads, two write, a broker in between; all of them processes on this one.</summary>
public sealed class QueueTests
{
    private const int EventsPerBatch = 10;
    private static readonly DateTime _time = new(2026, 1, 5);
    private static readonly DateOnly _day = new(2026, 1, 5);

    [BrokerFact]
    public async Task With_broker_and_writer_killed_nothing_acknowledged_is_lost_and_nothing_is_in_two_files()
    {
        var directory = Directory.CreateTempSubdirectory("hisparc-queue-").FullName;
        using var broker = new Broker();
        try
        {
            var list = Path.Combine(directory, "stations.csv");
            await File.WriteAllTextAsync(list, "501,Amsterdam,pw\n502,Utrecht,pw\n503,Leiden,pw\n504,Salt Lake City,pw\n");
            await broker.StartAsync();
            var acknowledged = new ConcurrentDictionary<(int Station, int Event), bool>();
            using (var front = await ServiceProcess.StartAsync(Folder(directory, "front"), list, "--queue", broker.Url, "--shards", "2"))
            {
                using var first = Writer(directory, broker.Url, 0);
                using var killed = Writer(directory, broker.Url, 1);
                using var stop = new CancellationTokenSource();
                var stations = Enumerable.Range(501, 4).Select(station => SendAsync(front.Client, station, acknowledged, stop.Token)).ToList();

                // A broker writes the names of new queues down half a second late, so one that is killed at once has queues without members.
                var begun = TimeProvider.System.GetTimestamp();
                await Wait.Until(() => acknowledged.Count > 500 && TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(3));
                killed.Kill();
                using var second = Writer(directory, broker.Url, 1);
                broker.Kill();
                var before = acknowledged.Count;
                await broker.StartAsync();
                await Wait.Until(() => acknowledged.Count > before + 500);

                await stop.CancelAsync();
                await Task.WhenAll(stations);
                await Wait.Until(() => StoredNow(directory) is { } stored && acknowledged.Keys.All(stored.ContainsKey));
                Assert.Equal(0, await front.EndAsync());
                Assert.Equal(0, await first.EndAsync());
                Assert.Equal(0, await second.EndAsync());
            }

            Assert.All(Stored(directory), pair => Assert.Equal(1, pair.Value));
            Assert.Empty(acknowledged.Keys.Except(Stored(directory).Keys));

            // Each writer has clusters of this day that the other has not, and they can be put together.
            var files = Writers(directory).Select(writer => writer.DayFile(_day)).Where(File.Exists).ToList();
            var gathered = Path.Combine(directory, "2026_1_5.h5");
            Assert.Equal(4, StationDay.Gather(files, gathered));
            Assert.Equal(Stored(directory).Count(pair => pair.Key.Event % 2 == 0), RunningService.Dump(gathered).EnumerateObject().Where(node => node.Name.EndsWith("/events", StringComparison.Ordinal)).Sum(node => node.Value.GetProperty("rows").GetArrayLength()));
        }
        finally
        {
            broker.Kill();
            Directory.Delete(directory, recursive: true);
        }
    }

    [BrokerFact]
    public async Task A_writer_acknowledges_a_batch_to_the_broker_only_when_its_rows_are_in_a_file()
    {
        using var broker = new Broker();
        await broker.StartAsync();
        var queue = new QueueOptions { Broker = new Uri(broker.Url) };
        await using var front = await RunningService.StartAsync(options => options with { Queue = queue });
        await using var writer = await RunningService.StartAsync(options => options with { Queue = queue with { Shard = 0 }, Store = options.Store with { VerifyWrites = true } });
        await Wait.Until(() => front.Service.IsReady);
        Assert.Equal("100", await front.UploadAsync(Batches.Coincidence(_time, 1)));
        await Wait.Until(() => writer.Service.Metrics["queue_acknowledged_total"] == 1);

        // Another program has the file to itself, as HDF5 locks it.
        var hold = new ProcessStartInfo("flock", ["-F", writer.DayFile(2026, 1, 5), "sh", "-c", "echo held; sleep 1000"]) { RedirectStandardOutput = true };
        using (var holder = Process.Start(hold)!)
        {
            try
            {
                Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
                Assert.Equal("100", await front.UploadAsync(Batches.Coincidence(_time, 2)));
                await Wait.Until(() => writer.Service.Metrics["deferred_total"] > 0);
                Assert.Equal((2, 1), (writer.Service.Metrics["queue_consumed_total"], writer.Service.Metrics["queue_acknowledged_total"]));
            }
            finally
            {
                holder.Kill(entireProcessTree: true);
            }
        }

        await Wait.Until(() => writer.Service.Metrics["queue_acknowledged_total"] == 2);
        Assert.Equal(2, RunningService.Dump(writer.DayFile(2026, 1, 5)).GetProperty("/hisparc/cluster_amsterdam/station_501/events").GetProperty("rows").GetArrayLength());
        Assert.Equal(0, front.Service.Backlog);
    }

    [Fact]
    public async Task Without_its_broker_the_service_says_so_and_tells_stations_to_come_again()
    {
        var nowhere = new QueueOptions { Broker = new Uri("amqp://guest:secret@127.0.0.1:1/"), Shards = 2 };
        await using var running = await RunningService.StartAsync(options => options with { Queue = nowhere });
        Assert.Equal("503", await running.UploadAsync(Batches.Coincidence(_time, 1)));
        await Wait.Until(() => running.Service.Alarms.Current.Any(alarm => alarm.Contains("amqp://127.0.0.1:1/", StringComparison.Ordinal)));
        Assert.DoesNotContain("secret", string.Concat(running.Service.Alarms.Current), StringComparison.Ordinal);
        Assert.False(running.Service.IsReady);
    }

    [Fact]
    public void A_cluster_s_day_has_one_writer_and_every_writer_has_work()
    {
        var options = new QueueOptions { Broker = new Uri("amqp://127.0.0.1/"), Shards = 4 };
        Assert.Equal(options.ShardOf(_day, "Salt Lake City"), options.ShardOf(_day, "salt lake CITY"));
        Assert.Equal(3, options.ShardOf(_day, "Amsterdam"));
        Assert.NotEqual(options.ShardOf(_day, "Amsterdam"), options.ShardOf(_day.AddDays(1), "Amsterdam"));
        var shards = Enumerable.Range(0, 100).Select(i => options.ShardOf(_day, $"cluster {i}")).CountBy(shard => shard).ToDictionary();
        Assert.Equal([0, 1, 2, 3], shards.Keys.Order());
        Assert.All(shards.Values, count => Assert.InRange(count, 10, 40));
    }

    private static ServiceProcess Writer(string directory, string url, int shard) => ServiceProcess.Start(
        "write", "--data-dir", Folder(directory, $"writer{shard}"), "--disk-reserve-mb", "1", "--queue", url, "--shards", "2", "--shard", shard.ToString(CultureInfo.InvariantCulture));

    private static string Folder(string directory, string name) => Directory.CreateDirectory(Path.Combine(directory, name)).FullName;

    private static IEnumerable<DataFolders> Writers(string directory) => [new(Path.Combine(directory, "writer0")), new(Path.Combine(directory, "writer1"))];

    // Even events are of one day, odd ones of the next, so that every batch has events for both writers.
    private static async Task SendAsync(HttpClient client, int station, ConcurrentDictionary<(int Station, int Event), bool> acknowledged, CancellationToken stop)
    {
        for (var batch = 0; !stop.IsCancellationRequested; batch++)
        {
            var numbers = Enumerable.Range(batch * EventsPerBatch, EventsPerBatch).ToList();
            var pickle = Batches.Pickle([.. numbers.Select(i => Batches.Coincidence(_time.AddDays(i % 2).AddSeconds(i / 2), i))]);
            while (!stop.IsCancellationRequested)
            {
                using var form = Batches.Form(pickle, station.ToString(CultureInfo.InvariantCulture));
                using var response = await client.PostAsync(new Uri("/hisparc/upload", UriKind.Relative), form, CancellationToken.None);
                if (await response.Content.ReadAsStringAsync(CancellationToken.None) == "100")
                {
                    foreach (var number in numbers)
                        acknowledged[(station, number)] = true;
                    break;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    // Null while a writer has a file open.
    private static Dictionary<(int Station, int Event), int>? StoredNow(string directory)
    {
        try
        {
            return Stored(directory);
        }
        catch (Hdf5.Hdf5Exception error) when (error.IsLocked)
        {
            return null;
        }
    }

    private static Dictionary<(int Station, int Event), int> Stored(string directory)
    {
        var stored = new Dictionary<(int Station, int Event), int>();
        foreach (var path in Writers(directory).SelectMany(writer => (string[])[writer.DayFile(_day), writer.DayFile(_day.AddDays(1))]).Where(File.Exists))
        {
            foreach (var node in RunningService.Dump(path).EnumerateObject().Where(node => node.Name.EndsWith("/events", StringComparison.Ordinal)))
            {
                var station = int.Parse(node.Name.Split('/')[3]["station_".Length..], CultureInfo.InvariantCulture);
                foreach (var row in node.Value.GetProperty("rows").EnumerateArray())
                    stored[(station, row[2].GetInt32())] = stored.GetValueOrDefault((station, row[2].GetInt32())) + 1;
            }
        }

        return stored;
    }
}
