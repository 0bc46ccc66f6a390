using System.Globalization;
using Sequencer.Core.Records;
using Spectre.Console;

namespace Sequencer.App.Night;

/// <summary>The end of a night, for people or for scripts.</summary>
internal static class SummaryPrinter
{
    public static void Print(NightSummary summary, bool json)
    {
        if (json)
        {
            Console.WriteLine(summary.ToJson());
            return;
        }

        var frames = new Table().Border(TableBorder.Simple).AddColumn("target").AddColumn(new TableColumn("light frames").RightAligned())
            .AddColumn(new TableColumn("pointing error before").RightAligned()).AddColumn(new TableColumn("after").RightAligned());
        foreach (var target in summary.Targets)
        {
            var pointing = summary.Pointing.Where(p => p.Target == target.Name).ToList();
            frames.AddRow(
                Markup.Escape(target.Name),
                target.Frames.ToString(CultureInfo.InvariantCulture),
                Arcsec(pointing.FirstOrDefault()?.BeforeArcsec),
                Arcsec(pointing.LastOrDefault()?.AfterArcsec));
        }

        AnsiConsole.Write(frames);
        var time = new Table().Border(TableBorder.Simple).AddColumn("dark time").AddColumn(new TableColumn("").RightAligned()).AddColumn(new TableColumn("").RightAligned());
        Share("observed", summary.ObservedSeconds);
        foreach (var (cause, seconds) in summary.Lost.OrderByDescending(l => l.Value))
            Share(cause, seconds);
        time.AddEmptyRow();
        Share("in all", summary.DarkSeconds);
        AnsiConsole.Write(time);

        foreach (var warning in summary.Warnings)
            Console.WriteLine("warning: " + warning);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Site}, night of {summary.Date}: {summary.LightFrames} light frames, {summary.Files.Count} files."));
        if (summary.WallSeconds is { } wall)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.VirtualSeconds / 3600:0.0} hours of night in {wall:0} s."));
        Console.WriteLine(summary.Ok ? "The night ended parked and closed." : $"The night did NOT end as it should: parked {summary.EndedParked}, closed {summary.EndedClosed}. Look at the observatory.");
        Console.WriteLine("journal: " + summary.Journal);

        void Share(string name, double seconds) => time.AddRow(
            Markup.Escape(name),
            string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
            summary.DarkSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * seconds / summary.DarkSeconds:0.0} %") : "");
    }

    private static string Arcsec(double? value) => value is { } arcsec ? string.Create(CultureInfo.InvariantCulture, $"{arcsec:0}\"") : "-";
}
