using System.Globalization;
using Sequencer.Core.Records;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sequencer.App.Night;

/// <summary>The live view: a picture that is redrawn on a terminal, plain lines in a pipe. It goes to standard error, which leaves standard output to the summary.</summary>
internal sealed class LiveScreen
{
    private static readonly TimeSpan _refresh = TimeSpan.FromMilliseconds(200);
    private readonly NightBoard _board = new();
    private readonly TimeProvider _clock;
    private readonly SkyView _sky;
    private readonly IAnsiConsole _console;
    private readonly bool _redraws;

    public LiveScreen(TimeProvider clock, SkyView sky)
    {
        (_clock, _sky) = (clock, sky);
        _redraws = !Console.IsErrorRedirected;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    }

    /// <summary>Shows the night until <paramref name="night"/> is over, whatever becomes of it.</summary>
    public async Task ShowAsync(Journal journal, Task night)
    {
        journal.Written += OnWritten;
        try
        {
            if (_redraws)
                await _console.Live(Draw()).StartAsync(live => RedrawAsync(live, night));
            else
                await night.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        finally
        {
            journal.Written -= OnWritten;
        }
    }

    private void OnWritten(JournalEntry entry)
    {
        var message = _board.Update(entry);
        if (message is not null && !_redraws)
            Console.Error.WriteLine(message);
    }

    private async Task RedrawAsync(LiveDisplayContext live, Task night)
    {
        // The screen lives in real time, whatever the night's clock does.
        while (await Task.WhenAny(night, Task.Delay(_refresh, TimeProvider.System)) != night)
            live.UpdateTarget(Draw());
        live.UpdateTarget(Draw());
    }

    private Rows Draw()
    {
        var now = _clock.GetUtcNow();
        var (sun, moon, moonFraction) = _sky.At(now);
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        void Row(string name, string value) => facts.AddRow(new Markup($"[grey]{name}[/]"), new Markup(value));

        Row("time", string.Create(CultureInfo.InvariantCulture, $"[bold]{now:yyyy-MM-dd HH:mm:ss}[/] UTC"));
        Row("sky", string.Create(CultureInfo.InvariantCulture, $"Sun {sun:+0.0;-0.0} deg   Moon {moon:+0.0;-0.0} deg, {moonFraction:P0} lit"));
        Row("state", $"[bold]{Markup.Escape(_board.State)}[/] {Markup.Escape(_board.Activity is "" ? "" : $"({_board.Activity})")}");
        Row("target", Markup.Escape(_board.Target ?? "-"));
        Row("dome", $"{Colour(_board.Shutter)}   mount {Markup.Escape(_board.Mount)}");
        Row("safety", _board.Safe switch
        {
            true => "[green]safe[/]",
            false => $"[red]not safe[/] {Markup.Escape(_board.SafetyReasons)}",
            null => "unknown",
        });
        Row("weather", Markup.Escape(_board.Weather));
        foreach (var (camera, kind, fraction, seconds) in _board.Exposures(now))
            Row(Markup.Escape(camera), $"{Bar(fraction)} {Markup.Escape(kind)} {seconds.ToString("0.#", CultureInfo.InvariantCulture)} s");
        Row("frames", $"{_board.LightFrames}   {Markup.Escape(string.Join("  ", _board.Frames.Select(f => $"{f.Key} {f.Value}")))}");

        IRenderable messages = new Markup(string.Join('\n', _board.Messages.Select(Markup.Escape)));
        return new Rows(new Panel(facts).Header("night").Expand(), messages);
    }

    private static string Colour(string shutter) => shutter switch
    {
        "open" => "[green]open[/]",
        "closed" => "[yellow]closed[/]",
        "error" => "[red]error[/]",
        _ => Markup.Escape(shutter),
    };

    private static string Bar(double fraction)
    {
        const int width = 24;
        var full = (int)Math.Round(fraction * width);
        return $"[blue]{new string('#', full)}[/][grey]{new string('.', width - full)}[/]";
    }
}
