using System.CommandLine;
using System.Text.Json;
using DataServices.Hipercam;
using Spectre.Console;

namespace DataServices.App.Hipercam;

/// <summary>One chip as the JSON of <c>ccds --json</c>.</summary>
internal sealed record CcdSizeLine(string Label, int Nxmax, int Nymax, int Nxpad, int Nypad);

/// <summary><c>ccds</c>: the chips of a source and their sizes.</summary>
internal static class CcdsCommand
{
    public static Command Create()
    {
        var shared = new FrameArguments();
        var json = new Option<bool>("--json") { Description = "one JSON object per chip and line" };
        var command = shared.AddTo(new Command("ccds", "Lists the chips of a run or list, with their sizes."), hasRange: false);
        command.Options.Add(json);
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            () => ListAsync(
                result.GetRequiredValue(shared.Source), result.GetRequiredValue(shared.Resource), shared.Options(result), result.GetValue(json), cancel),
            cancel));
        return command;
    }

    private static async Task<int> ListAsync(string source, string resource, SourceOptions options, bool isJson, CancellationToken cancel)
    {
        var ccds = await DataSource.GetCcdsAsync(source, resource, options, cancel);
        if (isJson)
        {
            foreach (var (label, size) in ccds)
                Console.WriteLine(JsonSerializer.Serialize(new CcdSizeLine(label, size.NxMax, size.NyMax, size.NxPad, size.NyPad), FrameJson.Default.CcdSizeLine));
            return 0;
        }

        var table = new Table().AddColumns("chip", "columns", "rows", "pad in x", "pad in y");
        foreach (var (label, size) in ccds)
            table.AddRow(Markup.Escape(label), $"{size.NxMax}", $"{size.NyMax}", $"{size.NxPad}", $"{size.NyPad}");
        AnsiConsole.Write(table);
        return 0;
    }
}
