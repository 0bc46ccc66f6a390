using System.CommandLine;
using Sequencer.Core.Records;

namespace Sequencer.App.Night;

/// <summary><c>summary</c>: what a night came to, from its journal alone.</summary>
internal static class SummaryCommand
{
    public static Command Create()
    {
        var journal = new Argument<string>("journal") { Description = "The night's journal.jsonl." };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of tables." };
        var command = new Command("summary", "Rebuilds a night's summary from its journal alone. Example: summary data/2026-11-21/journal.jsonl") { journal, json };
        command.SetAction(parse => Run(parse.GetValue(journal)!, parse.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json)
    {
        try
        {
            var summary = NightSummary.FromJournal(path);
            SummaryPrinter.Print(summary, json);
            return summary.Ok ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (Exception e) when (Wrong.Explains(e) || e is InvalidDataException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
    }
}
