using DataServices.Aartfaac;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataServices.App.Aartfaac;

/// <summary>Subbands, groups and the latest image while a stream runs: a picture that lives on a terminal, lines in a pipe.</summary>
internal sealed class StreamView(AartfaacStream stream, StreamOptions options, LatestImage latest, bool isLive)
{
    private const int MostColumns = 72;
    private const int Wide = 110;
    private static readonly TimeSpan _refresh = TimeSpan.FromSeconds(1);
    private readonly Queue<(long At, StreamStatus Status)> _history = new();
    private string _health = "healthy";

    /// <summary>Refreshes until cancelled, and says on the error stream when health changes.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!isLive)
        {
            await EachAsync(TellHealth, cancel);
            return;
        }

        await AnsiConsole.Live(Picture()).StartAsync(live => EachAsync(() => live.UpdateTarget(Picture()), cancel));
    }

    // Once more at the end: the last state stays on the screen.
    private async Task EachAsync(Action refresh, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_refresh, options.Clock, cancel);
            }
            catch (OperationCanceledException)
            {
                // Shown below.
            }

            refresh();
        }
    }

    private void TellHealth()
    {
        var health = stream.Status().Health;
        if (health.Split(':')[0] == _health.Split(':')[0])
            return;
        _health = health;
        Console.Error.WriteLine($"health: {health}");
    }

    private Rows Picture()
    {
        var (now, status) = (options.Clock.GetTimestamp(), stream.Status());
        // Rates of the last seconds: what was an hour ago is no news.
        _history.Enqueue((now, status));
        while (_history.Count > 11)
            _history.Dequeue();
        var (since, before) = _history.Peek();
        var seconds = Math.Max(0.001, options.Clock.GetElapsedTime(since, now).TotalSeconds);

        // A narrow screen shows what changes.
        string[] columns = AnsiConsole.Profile.Width >= Wide
            ? ["subband", "state", "images", "per s", "MB/s", "last image", "lag", "gaps", "rejected", "reconnects"]
            : ["subband", "state", "images", "per s", "last image", "lag", "gaps"];
        var table = new Table().Border(TableBorder.Simple).AddColumns(columns);
        for (var i = 0; i < status.Endpoints.Count; i++)
        {
            var (endpoint, old) = (status.Endpoints[i], before.Endpoints[i]);
            table.AddRow(columns.Select(column => Cell(column, endpoint, old, seconds)));
        }

        var lines = new List<IRenderable> { table };
        lines.Add(new Text(
            $"{status.Complete} groups complete, {status.Partial} with gaps, {status.GroupsDropped} dropped; {status.Late} images late, {status.Duplicates} twice"));
        lines.Add(status.IsDegraded ? new Markup($"[red]{Markup.Escape(status.Health)}[/]") : new Text(status.Health));
        if (latest.Current is { } image)
        {
            var screen = AnsiConsole.Profile;
            // Above the picture stand the table and three lines; when all does not fit, the table is what matters.
            lines.Add(new Text("\n" + ImageSketch.Of(image, Math.Min(MostColumns, screen.Width - 1), screen.Height - status.Endpoints.Count - 11)));
        }

        return new Rows(lines);
    }

    private static IRenderable Cell(string column, EndpointStatus endpoint, EndpointStatus before, double seconds) => column switch
    {
        "subband" => new Text(endpoint.Endpoint.ToString()),
        "state" => endpoint.IsSilent ? new Markup("[red]silent[/]") : endpoint.IsConnected ? new Markup("[green]receiving[/]") : new Markup("[yellow]connecting[/]"),
        "images" => new Text($"{endpoint.Windows}"),
        "per s" => new Text(FormattableString.Invariant($"{(endpoint.Windows - before.Windows) / seconds:0.00}")),
        "MB/s" => new Text(FormattableString.Invariant($"{(endpoint.Bytes - before.Bytes) / seconds / 1e6:0.00}")),
        "last image" => new Text(endpoint.LastStamp is { } stamp ? FormattableString.Invariant($"{stamp:HH:mm:ss.fff}") : "-"),
        "lag" => new Text(endpoint.Latency is { } lag ? FormattableString.Invariant($"{lag.TotalSeconds:0.00} s") : "-"),
        "gaps" => new Text($"{endpoint.Gaps}"),
        "rejected" => new Text($"{endpoint.Rejected.Values.Sum()}"),
        _ => new Text($"{endpoint.Reconnects}"),
    };
}
