using DataServices.Hdf5;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Store;

namespace DataServices.Hisparc.Tests;

public sealed class DurabilityTests
{
    private static readonly DateTime _time = new(2026, 1, 5, 12, 0, 0);
    private static readonly DateOnly _day = new(2026, 1, 5);
    private const string Events = "/hisparc/cluster_amsterdam/station_501/events";

    [Fact]
    public async Task A_day_file_that_was_being_changed_when_the_power_went_is_made_anew_without_loss_or_repetition()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Some(0, 50)));
        await running.EndAsync();

        // As a crash leaves it: the journal says that the file was being changed, and the file is anything.
        var journal = new DayJournal(Path.Combine(running.Directory, "journal"));
        journal.Set(_day, journal.Find(_day)! with { Clean = false });
        await File.WriteAllBytesAsync(running.DayFile(2026, 1, 5), new byte[5000]);

        await running.BeginAsync();
        Assert.Equal("100", await running.UploadAsync(Some(45, 10)));
        Assert.Empty(await running.EndAsync());
        Assert.Equal(Enumerable.Range(0, 55), Numbers(running));
    }

    [Fact]
    public async Task Rows_of_a_change_that_was_not_finished_do_not_stay_even_if_the_file_can_be_read()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Some(0, 5)));
        await running.EndAsync();
        AppendForeignRow(running);
        var journal = new DayJournal(Path.Combine(running.Directory, "journal"));
        journal.Set(_day, journal.Find(_day)! with { Clean = false });
        await running.BeginAsync();
        Assert.Empty(await running.EndAsync());
        Assert.Equal(Enumerable.Range(0, 5), Numbers(running));
    }

    [Fact]
    public async Task A_day_file_cut_in_half_is_set_aside_and_made_anew()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Some(0, 200)));
        await running.EndAsync();
        Truncate(running.DayFile(2026, 1, 5));
        await running.BeginAsync();
        Assert.Equal("100", await running.UploadAsync(Some(200, 1)));
        Assert.Empty(await running.EndAsync());
        Assert.Equal(Enumerable.Range(0, 201), Numbers(running));
        Assert.Single(Directory.GetFiles(Path.Combine(running.Directory, "damaged")));
    }

    [Fact]
    public async Task A_file_older_than_the_log_is_kept_as_the_base_of_what_is_added()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Some(0, 30)));
        await running.EndAsync();

        // The log has forgotten the day; then somebody adds to it and the file is destroyed.
        Directory.Delete(Path.Combine(running.Directory, "log"), recursive: true);
        Directory.Delete(Path.Combine(running.Directory, "journal"), recursive: true);
        await running.BeginAsync();
        Assert.Equal("100", await running.UploadAsync(Some(20, 20)));
        await running.EndAsync();
        Assert.Equal(Enumerable.Range(0, 40), Numbers(running));
        Truncate(running.DayFile(2026, 1, 5));
        await running.BeginAsync();
        Assert.Empty(await running.EndAsync());
        Assert.Equal(Enumerable.Range(0, 40), Numbers(running));
    }

    [Fact]
    public async Task A_reader_that_holds_the_file_loses_nothing_and_delays_nothing_for_long()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Some(0, 10)));
        await Wait.Until(() => File.Exists(running.DayFile(2026, 1, 5)) && running.Service.Backlog == 0);
        using (var reader = Hdf5File.Open(running.DayFile(2026, 1, 5)))
        using (var table = Hdf5Table.Open(reader, Events))
        {
            Assert.Equal("100", await running.UploadAsync(Some(10, 10)));
            await Wait.Until(() => running.Service.Metrics["deferred_total"] > 0);
            await Wait.Until(() => running.Service.Backlog == 0);
            Assert.Equal(1, running.Service.Metrics["stepped_aside_total"]);
            Assert.Equal(10, table.Count);
            Assert.Equal(10 * table.Layout.RowSize, table.Read(0, 10).Length);
        }

        Assert.Empty(await running.EndAsync());
        Assert.Equal(Enumerable.Range(0, 20), Numbers(running));
    }

    [Fact]
    public async Task Without_free_space_uploads_are_refused_and_what_was_acknowledged_stays()
    {
        await using var running = await RunningService.StartAsync(options => options with { Store = options.Store with { DiskReserve = 1L << 60 } });
        Assert.Equal("503", await running.UploadAsync(Some(0, 10)));
        Assert.Contains("free", string.Concat(running.Service.Alarms.Current), StringComparison.Ordinal);
        await running.EndAsync();
        Assert.False(File.Exists(running.DayFile(2026, 1, 5)));
    }

    [Fact]
    public async Task A_row_that_another_program_appended_stays()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Some(0, 5)));
        await running.EndAsync();
        AppendForeignRow(running);
        await running.BeginAsync();
        Assert.Equal("100", await running.UploadAsync(Some(5, 5)));
        Assert.Empty(await running.EndAsync());
        Assert.Equal(11, Numbers(running).Count());
        Assert.Contains(77, Numbers(running));
    }

    [Fact]
    public async Task The_unfinished_end_of_a_log_is_cut_off_and_the_rest_is_there()
    {
        var directory = Directory.CreateTempSubdirectory("hisparc-log-").FullName;
        try
        {
            var log = Open(directory);
            for (var i = 0; i < 3; i++)
                await log.AppendAsync(Record(i));
            await log.DisposeAsync();
            await using (var file = new FileStream(Path.Combine(directory, "0000000001.log"), FileMode.Append))
                await file.WriteAsync(new byte[] { 100, 0, 0, 0, 1, 2, 3, 4, 5, 6 });

            log = Open(directory);
            await log.AppendAsync(Record(3));
            Assert.Equal([0, 1, 2, 3], log.Read(log.Start).Select(found => found.Record.Station));
            Assert.All(log.Read(log.Start), found => Assert.Equal([1, 2, 3], found.Record.Data.ToArray()));
            await log.DisposeAsync();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Old_segments_go_only_when_their_rows_are_in_files()
    {
        await using var running = await RunningService.StartAsync(options => options with { Store = options.Store with { KeepLog = TimeSpan.Zero } });
        Assert.Equal("100", await running.UploadAsync(Some(0, 10)));
        await running.EndAsync();
        await running.BeginAsync();
        await Wait.Until(() => !File.Exists(Path.Combine(running.Directory, "log", "0000000001.log")));
        await running.EndAsync();
        Assert.Equal(Enumerable.Range(0, 10), Numbers(running));
    }

    private static WriteAheadLog Open(string directory) =>
        WriteAheadLog.Open(directory, 1, TimeProvider.System, new HisparcMetrics(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    private static LogRecord Record(int station) => new(LogRecordKind.Upload, station, "Amsterdam", DateTimeOffset.UnixEpoch, new byte[16], new byte[] { 1, 2, 3 });

    private static Dictionary<string, object?>[] Some(int first, int count) => [.. Enumerable.Range(first, count).Select(i => Batches.Coincidence(_time.AddSeconds(i), i))];

    private static IEnumerable<int> Numbers(RunningService running) =>
        RunningService.Dump(running.DayFile(2026, 1, 5)).GetProperty(Events).GetProperty("rows").EnumerateArray().Select(row => row[2].GetInt32());

    // The number 77 marks it.
    private static void AppendForeignRow(RunningService running)
    {
        using (var file = Hdf5File.Open(running.DayFile(2026, 1, 5), writable: true))
        {
            using (var table = Hdf5Table.Open(file, Events))
            {
                var row = table.Read(4, 1);
                row[8] = 77;
                row[12] ^= 0x20;
                table.Append(row);
            }

            file.Close();
        }
    }

    private static void Truncate(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }
}
