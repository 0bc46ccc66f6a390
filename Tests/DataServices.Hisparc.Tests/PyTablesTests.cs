using System.Diagnostics;
using System.Globalization;

namespace DataServices.Hisparc.Tests;

/// <summary>Day files in the hands of the library that all readers of the raw datastore use.</summary>
public sealed class PyTablesTests
{
    private const string Script =
        """
        import sys, tables
        with tables.open_file(sys.argv[1], 'a') as data:
            station = data.get_node('/hisparc/cluster_amsterdam/station_501')
            assert [type(n).__name__ for n in station] == ['VLArray', 'Table', 'Table'], list(station)
            assert data.root.hisparc._v_title == 'HiSPARC data' and station._v_title == 'HiSPARC station 501 data'
            events, blobs, singles = station.events, station.blobs, station.singles
            assert events.nrows == 3 and events.col('event_id').tolist() == [1, 2, 3]
            assert blobs[events[1]['traces'][0]] == blobs[2] and blobs.nrows == 6
            assert events.read_where('timestamp == 1767614401')['pulseheights'].tolist() == [[1, -1, -1, -1]]
            row = events.row
            row['event_id'] = 4
            row['timestamp'] = 1767614500
            row.append()
            blobs.append(b'by hand')
            events.flush()
            new = events[3]
            assert new['traces'].tolist() == [-1] * 4 and new['baseline'].tolist() == [-1] * 4 and new['event_rate'] == 0
            assert singles[0]['slv_ch2_high'] == -1
            print(len(list(data.walk_nodes('/'))), blobs[6])
        """;

    [PyTablesFact]
    public async Task PyTables_walks_reads_queries_and_appends_and_the_service_goes_on_after_it()
    {
        var time = new DateTime(2026, 1, 5, 12, 0, 0);
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync([.. Enumerable.Range(0, 3).Select(i => Batches.Coincidence(time.AddSeconds(i), i)), Batches.Event("SIN", time, 0, ("MAS_CH1_LOW", 5))]));
        await running.EndAsync();
        using (var python = Process.Start(new ProcessStartInfo(Python.Program!, ["-W", "ignore", "-c", Script, running.DayFile(2026, 1, 5)]) { RedirectStandardOutput = true, RedirectStandardError = true })!)
        {
            var output = await python.StandardOutput.ReadToEndAsync();
            var errors = await python.StandardError.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.Equal(("7 b'by hand'\n", ""), (output, errors));
        }

        await running.BeginAsync();
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(time.AddSeconds(9), 9)));
        Assert.Empty(await running.EndAsync());
        var rows = RunningService.Dump(running.DayFile(2026, 1, 5)).GetProperty("/hisparc/cluster_amsterdam/station_501/events").GetProperty("rows");
        Assert.Equal("1,2,3,4,5", string.Join(',', rows.EnumerateArray().Select(row => row[0].GetInt32().ToString(CultureInfo.InvariantCulture))));
    }
}

/// <summary>Debian's Python with PyTables.</summary>
internal static class Python
{
    public static string? Program { get; } = Directory.Exists("/usr/lib/python3/dist-packages/tables") ? "/usr/bin/python3" : null;
}

/// <summary>Runs only where PyTables is.</summary>
internal sealed class PyTablesFactAttribute : FactAttribute
{
    public PyTablesFactAttribute() => Skip = Python.Program is null ? "PyTables is not installed (apt-get install python3-tables)" : null;
}
