using System.Text;
using System.Text.Json;

namespace DataServices.Hisparc.Tests;

public sealed class UploadTests
{
    private static readonly DateTime _time = new(2026, 1, 5, 12, 0, 0);
    private const string Station = "/hisparc/cluster_amsterdam/station_501";

    [Fact]
    public async Task Answers_follow_the_order_of_validation()
    {
        await using var running = await RunningService.StartAsync();
        var pickle = Batches.Pickle(Batches.Coincidence(_time, 1));
        Assert.Equal("400", await running.UploadAsync(Batches.Form(pickle, station: "abc")));
        Assert.Equal("400", await running.UploadAsync(Batches.Form(pickle, password: "")));
        Assert.Equal("206", await running.UploadAsync(Batches.Form(pickle, station: "999", password: "x")));
        Assert.Equal("203", await running.UploadAsync(Batches.Form([1, 2, 3], password: "wrong")));
        Assert.Equal("201", await running.UploadAsync(Batches.Form(pickle, checksum: new string('0', 32))));
        Assert.Equal("208", await running.UploadAsync(Batches.Form(Encoding.ASCII.GetBytes("aaaaa"))));
        Assert.Equal("208", await running.UploadAsync(Batches.Form(Encoding.ASCII.GetBytes("cos\nsystem\n(S'touch pwned.txt'\ntR."))));
        Assert.Equal(1, running.Service.Metrics["rejected_global_total"]);
        Assert.Equal("100", await running.UploadAsync(Batches.Form(pickle, station: " 0501 ")));
        Assert.Equal("400", await running.Client.GetStringAsync(new Uri("/hisparc/upload", UriKind.Relative)));
        Assert.Empty(await running.EndAsync());
        Assert.Equal(1, Rows(running, "events").GetArrayLength());
        Assert.False(File.Exists("pwned.txt"));
    }

    [Fact]
    public async Task What_comes_twice_is_stored_once_however_it_is_grouped_and_across_a_restart()
    {
        await using var running = await RunningService.StartAsync();
        var events = Enumerable.Range(0, 20).Select(i => Batches.Coincidence(_time.AddSeconds(i), i)).ToArray();
        Assert.Equal("100", await running.UploadAsync(events));
        Assert.Equal("100", await running.UploadAsync(events));
        Assert.Equal("100", await running.UploadAsync(events[5..15]));
        await running.EndAsync();
        await running.BeginAsync();
        Assert.Equal("100", await running.UploadAsync(events));
        Assert.Equal("100", await running.UploadAsync(events[..7]));
        Assert.Equal("100", await running.UploadAsync(events[7], Batches.Coincidence(_time.AddSeconds(30), 30)));
        Assert.Empty(await running.EndAsync());
        var rows = Rows(running, "events");
        Assert.Equal(21, rows.GetArrayLength());
        Assert.Equal(Enumerable.Range(1, 21), rows.EnumerateArray().Select(row => row[0].GetInt32()));
        Assert.Equal(42, RunningService.Dump(running.DayFile(2026, 1, 5)).GetProperty(Station + "/blobs").GetProperty("vlarray").GetArrayLength());
    }

    [Fact]
    public async Task Compatibility_mode_stores_what_comes_twice_twice()
    {
        await using var running = await RunningService.StartAsync(options => options with { Store = options.Store with { ReferenceCompatible = true } });
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(_time, 1)));
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(_time, 1)));
        await running.EndAsync();
        Assert.Equal(2, Rows(running, "events").GetArrayLength());
    }

    [Fact]
    public async Task An_event_that_cannot_be_stored_leaves_nothing_behind_and_its_batch_is_kept()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(
            Batches.Event("CIC", _time, 1, ("TR1", Batches.Trace(1)), ("IN5", 3)),
            Batches.Event("WTR", _time, 0, ("WTR_TEMP_INSIDE", 24.5), ("WTR_UV", "much")),
            new Dictionary<string, object?> { ["header"] = Batches.Event("SIN", _time, 0)["header"] },
            Batches.Event("WTR", _time, 0, ("WTR_HUMIDITY_INSIDE", 33), ("FOO", 1), ("WTR_WIND_SPEED", 3.7)),
            Batches.Event("ERR", _time, 0, ("ERRMSG", "snow \u2603")),
            Batches.Event("ERR", _time, 0, ("ERRMSG", "ge\u00efnit")),
            Batches.Event("CMP", _time, 5, ("CMP_DEVICE", 300), ("CMP_COUNT", 7))));
        Assert.Empty(await running.EndAsync());
        var dump = RunningService.Dump(running.DayFile(2026, 1, 5));
        Assert.Equal($"[[6,\"{Crc(dump)}\"]]", dump.GetProperty(Station + "/blobs").GetProperty("vlarray").GetRawText());
        Assert.False(dump.TryGetProperty(Station + "/events", out _));
        Assert.Equal("[1,1767614400,0,0,33,0,0,0,3,0,0,0,0,0,0,0]", dump.GetProperty(Station + "/weather").GetProperty("rows")[0].GetRawText());
        Assert.Equal("[1,1767614400,5,1767614400000000005,0,0,7]", dump.GetProperty(Station + "/comparator").GetProperty("rows")[0].GetRawText());
        Assert.Single(Directory.GetFiles(Path.Combine(running.Directory, "quarantine"), "501-*.pickle"));
    }

    [Fact]
    public async Task Numbers_are_read_as_the_reference_reads_them_and_of_a_repeated_code_the_last_value_counts()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(
            Batches.Event("CMP", _time, 1, ("CMP_COUNT", "much"), ("CMP_COUNT", "1_0"), ("CMP_DEVICE", 7), ("CMP_DEVICE", 300)),
            Batches.Event("CMP", _time, 2, ("CMP_COUNT", new Pickle.PickleBytes("12"u8.ToArray(), isText: false)), ("CMP_DEVICE", " 3 ")),
            Batches.Event("CMP", _time, 3, ("CMP_COUNT", 1), ("CMP_COUNT", "much")),
            Batches.Event("CIC", _time, 4, ("BL", 5), ("EVENTRATE", "inf"))));
        Assert.Empty(await running.EndAsync());
        Assert.Equal("[[1,1767614400,1,1767614400000000001,0,0,10],[2,1767614400,2,1767614400000000002,3,0,12]]", Rows(running, "comparator").GetRawText());
        Assert.Equal("[-1,-1,-1,-1] Infinity", $"{Rows(running, "events")[0][6].GetRawText()} {Rows(running, "events")[0][12].GetString()}");
    }

    [Fact]
    public async Task A_batch_with_an_event_before_2020_or_far_in_the_future_is_set_aside_whole()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(_time, 1), Batches.Coincidence(new DateTime(2019, 4, 7), 2)));
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(new DateTime(2999, 4, 7), 2)));
        await running.EndAsync();
        Assert.Equal(2, Directory.GetFiles(Path.Combine(running.Directory, "suspicious")).Length);
        Assert.False(File.Exists(running.DayFile(2026, 1, 5)));
    }

    [Fact]
    public async Task Days_have_their_own_files_and_clusters_keep_their_names()
    {
        await using var running = await RunningService.StartAsync();
        var pickle = Batches.Pickle(Batches.Event("SIN", _time.AddHours(11.99), 0), Batches.Event("SIN", _time.AddHours(12), 0), Batches.Event("SIN", _time, 0));
        Assert.Equal("100", await running.UploadAsync(Batches.Form(pickle, "502", "s3cret &=")));
        await running.EndAsync();
        Assert.Equal(2, RunningService.Dump(running.DayFile(2026, 1, 5)).GetProperty("/hisparc/cluster_salt lake city/station_502/singles").GetProperty("rows").GetArrayLength());
        Assert.Equal(1, RunningService.Dump(running.DayFile(2026, 1, 6)).GetProperty("/hisparc/cluster_salt lake city/station_502/singles").GetProperty("rows").GetArrayLength());
    }

    [GoldenFact]
    public async Task The_reference_set_is_answered_and_stored_as_the_reference_should_have()
    {
        await using var running = await RunningService.StartAsync(stations: await File.ReadAllTextAsync(Path.Combine(Golden.Folder!, "station_list.csv")));
        foreach (var entry in Golden.Json("manifest.json").EnumerateArray())
        {
            var pickle = await File.ReadAllBytesAsync(Path.Combine(Golden.Folder!, entry.GetProperty("file").GetString()!));
            var fields = new Dictionary<string, string>
            {
                ["station_id"] = entry.GetProperty("station_id").GetRawText(),
                ["password"] = entry.GetProperty("password").GetString()!,
                ["data"] = Encoding.Latin1.GetString(pickle),
                ["checksum"] = entry.GetProperty("checksum").GetString()!,
            };
            if (entry.GetProperty("form").ValueKind == JsonValueKind.Array)
                fields = entry.GetProperty("form").EnumerateArray().ToDictionary(name => name.GetString()!, name => fields[name.GetString()!]);

            // Where the reference gave no answer at all, an unreadable batch is one.
            Assert.Equal((entry.GetProperty("file").GetString(), entry.GetProperty("expect").GetString() ?? "208"), (entry.GetProperty("file").GetString(), await running.UploadAsync(new FormUrlEncodedContent(fields))));
        }

        Assert.Empty(await running.EndAsync());
        foreach (var file in Golden.Json("content_fixed.json").EnumerateObject())
        {
            var dump = RunningService.Dump(Path.Combine(running.Directory, file.Name));
            foreach (var node in file.Value.EnumerateObject())
            {
                var found = dump.GetProperty(node.Name);
                if (node.Name.Contains("station_502", StringComparison.Ordinal) && node.Value.TryGetProperty("vlarray", out _))
                    continue;
                if (node.Name == "/hisparc/cluster_amsterdam/station_502/events" && node.Value.GetProperty("rows").GetArrayLength() == 22)
                    Assert.Equal(21, found.GetProperty("rows").GetArrayLength());
                else
                    Assert.True(JsonElement.DeepEquals(node.Value, found), node.Name);
            }
        }
    }

    private static string Crc(JsonElement dump) => dump.GetProperty(Station + "/blobs").GetProperty("vlarray")[0][1].GetString()!;

    private static JsonElement Rows(RunningService running, string table) => RunningService.Dump(running.DayFile(2026, 1, 5)).GetProperty($"{Station}/{table}").GetProperty("rows");
}
