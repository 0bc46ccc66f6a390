using System.CommandLine;
using System.Text.Json;
using DataServices.Hipercam;

namespace DataServices.App.Hipercam;

/// <summary><c>runs</c>: which runs there are in a folder or on a file server.</summary>
internal static class RunsCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = "hl or ul: of a folder; hs or us: of the file server" };
        var folder = new Argument<string?>("folder") { Description = "the folder, or a directory of the server", Arity = ArgumentArity.ZeroOrOne };
        var server = FrameArguments.ServerOption();
        var json = new Option<bool>("--json") { Description = "one JSON array of names" };
        var command = new Command("runs", "Lists the runs of a folder or file server.") { source, folder, server, json };
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            async () =>
            {
                var runs = await RunListing.ListAsync(
                    result.GetRequiredValue(source), result.GetValue(folder), new SourceOptions { Server = result.GetValue(server) }, cancel);
                if (result.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(runs, FrameJson.Default.IReadOnlyListString));
                else
                    Console.WriteLine(runs.Count > 0 ? string.Join('\n', runs) : "no runs");
                return 0;
            },
            cancel));
        return command;
    }
}
