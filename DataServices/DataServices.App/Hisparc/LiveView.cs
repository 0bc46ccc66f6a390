using System.Globalization;
using DataServices.Hisparc;
using Spectre.Console;

namespace DataServices.App.Hisparc;

/// <summary>Stations, rates, lag and errors while the service runs: a table on a terminal, nothing in a pipe.</summary>
internal static class LiveView
{
    private static readonly TimeSpan _refresh = TimeSpan.FromSeconds(2);

    /// <summary>Shows it until cancelled.</summary>
    public static async Task ShowAsync(HisparcService service, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            if (Console.IsOutputRedirected)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
                return;
            }

            await AnsiConsole.Live(new Table()).StartAsync(async live =>
            {
                var before = new Dictionary<int, long>();
                while (true)
                {
                    live.UpdateTarget(Table(service, clock, before));
                    await Task.Delay(_refresh, clock, cancel);
                }
            });
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private static Table Table(HisparcService service, TimeProvider clock, Dictionary<int, long> before)
    {
        var lag = service.Materialiser.OldestWaiting is { } oldest ? (clock.GetUtcNow() - oldest).TotalSeconds : 0;
        var table = new Table().AddColumns("station", "cluster", "last upload", "events/s", "events in 24 h");
        table.Title(string.Create(CultureInfo.InvariantCulture, $"{service.Backlog / 1024} KiB wait to be written, the oldest for {Math.Max(0, lag):F0} s"));
        foreach (var station in service.Activity.Report())
        {
            var sum = station.EventsPerHour.Sum();
            var rate = before.TryGetValue(station.Station, out var last) ? Math.Max(0, sum - last) / _refresh.TotalSeconds : 0;
            before[station.Station] = sum;
            table.AddRow(
                station.Station.ToString(CultureInfo.InvariantCulture), Markup.Escape(station.Cluster), station.LastUpload.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                rate.ToString("F1", CultureInfo.InvariantCulture), sum.ToString(CultureInfo.InvariantCulture));
        }

        if (service.Alarms.Count > 0)
            table.Caption("[red]" + Markup.Escape(string.Join('\n', service.Alarms.Current)) + "[/]");
        return table;
    }
}
