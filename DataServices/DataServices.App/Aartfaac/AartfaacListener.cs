using DataServices.Aartfaac;
using DataServices.Fits;
using Spectre.Console;

namespace DataServices.App.Aartfaac;

/// <summary>Receives live streams: a table that lives for people, or lines of JSON, and files.</summary>
internal static class AartfaacListener
{
    private static readonly TimeSpan _refresh = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(
        IReadOnlyList<AartfaacEndpoint> endpoints, StreamOptions options, string? folder, bool isSeparate, long count, bool isJson, CancellationToken cancel)
    {
        if (folder is not null)
            Directory.CreateDirectory(folder);
        var names = endpoints.Select(endpoint => endpoint.ToString()).ToList();
        await using var stream = AartfaacStream.Open(endpoints, options);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var view = isJson ? Task.CompletedTask : ShowAsync(stream, options, done.Token);
        try
        {
            var left = count;
            if (left > 0)
            {
                await foreach (var group in stream.ReadAllAsync(cancel))
                {
                    using (group)
                    {
                        if (isJson)
                            Console.WriteLine(GroupLine.Json(group, names));
                        if (folder is not null)
                            Store(folder, group, isSeparate);
                    }

                    if (--left == 0)
                        break;
                }
            }
        }
        finally
        {
            await done.CancelAsync();
            await view;
        }

        return 0;
    }

    private static void Store(string folder, ImageGroup group, bool isSeparate)
    {
        var stem = ObservationStamp.Format(group.Stamp).Replace(':', '-');
        if (isSeparate || group.Images.Any(image => image.Window.PixelBytes != group.Images[0].Window.PixelBytes))
        {
            foreach (var image in group.Images)
                AartfaacFits.WriteImage(Free(Path.Combine(folder, $"{stem}_{image.Endpoint}")), image.Window);
        }
        else
        {
            AartfaacFits.WriteCube(Free(Path.Combine(folder, stem)), group);
        }

        var latest = group.Images[^1].Window;
        FloatPreview.Write(Path.Combine(folder, "latest.png"), latest.ToRows(), latest.Width, latest.Height);
    }

    // A supplement has the time step of its group; nothing is overwritten.
    private static string Free(string stem)
    {
        var path = stem + ".fits";
        for (var i = 2; File.Exists(path); i++)
            path = $"{stem}-{i}.fits";
        return path;
    }

    private static async Task ShowAsync(AartfaacStream stream, StreamOptions options, CancellationToken cancel)
    {
        var begun = options.Clock.GetTimestamp();
        await AnsiConsole.Live(Table(stream.Status(), 1)).StartAsync(async live =>
        {
            while (!cancel.IsCancellationRequested)
            {
                try
                {
                    await Task.Delay(_refresh, options.Clock, cancel);
                }
                catch (OperationCanceledException)
                {
                    // The last state is shown below.
                }

                live.UpdateTarget(Table(stream.Status(), Math.Max(0.001, options.Clock.GetElapsedTime(begun).TotalSeconds)));
            }
        });
    }

    private static Table Table(StreamStatus status, double seconds)
    {
        var table = new Table().AddColumns("subband", "state", "images", "per s", "MB/s", "last image (UTC)", "lag", "rejected", "reconnects", "last trouble");
        foreach (var endpoint in status.Endpoints)
        {
            table.AddRow(
                new Text(endpoint.Endpoint.ToString()),
                endpoint.IsSilent ? new Markup("[red]silent[/]") : endpoint.IsConnected ? new Markup("[green]receiving[/]") : new Markup("[yellow]connecting[/]"),
                new Text($"{endpoint.Windows}"), new Text($"{endpoint.Windows / seconds:0.00}"), new Text($"{endpoint.Bytes / seconds / 1e6:0.0}"),
                new Text(endpoint.LastStamp is { } stamp ? ObservationStamp.Format(stamp) : "-"), new Text(endpoint.Latency is { } lag ? $"{lag.TotalSeconds:0.00} s" : "-"),
                new Text($"{endpoint.Rejected.Values.Sum()}"), new Text($"{endpoint.Reconnects}"), new Text(endpoint.LastError ?? ""));
        }

        table.Caption($"{status.Complete} groups complete, {status.Partial} with gaps, {status.GroupsDropped} dropped; {status.Late} images late, {status.Duplicates} twice"
            + (status.IsDegraded ? " - DEGRADED: a subband is silent" : ""));
        return table;
    }
}
