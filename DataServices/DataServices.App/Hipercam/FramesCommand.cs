using System.CommandLine;
using System.Text.Json;
using DataServices.Hipercam;
using Spectre.Console;

namespace DataServices.App.Hipercam;

/// <summary><c>frames</c>: what is in a run, frame by frame.</summary>
internal static class FramesCommand
{
    public static Command Create()
    {
        var shared = new FrameArguments();
        var ccd = new Option<string?>("--ccd") { Description = "only the chip of this label" };
        var follow = new Option<bool>("--follow") { Description = "wait for frames still to come, until Ctrl-C" };
        var json = new Option<bool>("--json") { Description = "one JSON object per frame and line" };
        var command = shared.AddTo(new Command("frames", "Lists the frames of a HiPERCAM, ULTRACAM or ULTRASPEC run, or of a list of .hcm files."), hasRange: true);
        command.Options.Add(ccd);
        command.Options.Add(follow);
        command.Options.Add(json);
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            () => ListAsync(
                result.GetRequiredValue(shared.Source), result.GetRequiredValue(shared.Resource),
                shared.Options(result) with { First = result.GetValue(shared.First), IsFollowing = result.GetValue(follow), Ccd = result.GetValue(ccd) },
                shared.LimitOf(result), result.GetValue(json), cancel),
            cancel));
        return command;
    }

    private static async Task<int> ListAsync(string source, string resource, SourceOptions options, long limit, bool isJson, CancellationToken cancel)
    {
        await using var frames = await DataSource.OpenAsync(source, resource, options, cancel);
        await using var lines = isJson ? new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16) { NewLine = "\n" } : null;
        var console = isJson ? null : AnsiConsole.Console;
        if (console is not null)
        {
            // Rows are not folded: a terminal does that itself, and a file wants them whole.
            console.Profile.Width = 4096;
            FrameTable.WriteHead(console, frames.Setup);
        }

        var follow = options.IsFollowing ? FollowOptions.ForEver(options.Clock) : null;
        long count = 0;
        if (limit > 0)
        {
            await foreach (var frame in frames.ReadAllAsync(follow, cancel))
            {
                using (frame)
                {
                    var ccds = options.Ccd is null ? frame.Ccds : [Find(frame, options.Ccd, resource)];
                    if (lines is not null)
                    {
                        await lines.WriteLineAsync(JsonSerializer.Serialize(FrameLine.Of(frame, ccds), FrameJson.Default.FrameLine));
                        if (follow is not null)
                            await lines.FlushAsync(cancel);
                    }
                    else
                    {
                        FrameTable.WriteRow(console!, frame, ccds);
                    }

                    foreach (var warning in frame.Warnings)
                        await Console.Error.WriteLineAsync($"warning: {warning}");
                }

                if (++count >= limit)
                    break;
            }
        }

        if (lines is not null)
            await lines.FlushAsync(cancel);
        if (frames.FramesDropped > 0)
            await Console.Error.WriteLineAsync($"warning: {frames.Name}: {frames.FramesDropped} frames were lost by the instrument");
        if (frames.Truncation is not { } truncation)
            return 0;
        await Console.Error.WriteLineAsync(truncation);
        return Program.Failed;
    }

    private static Ccd Find(Mccd frame, string label, string resource)
    {
        try
        {
            return frame[label];
        }
        catch (KeyNotFoundException error)
        {
            throw new KeyNotFoundException($"{resource}: frame {frame.Number}: {error.Message}", error);
        }
    }
}
