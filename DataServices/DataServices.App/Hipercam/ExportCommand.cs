using System.CommandLine;
using DataServices.Hipercam;

namespace DataServices.App.Hipercam;

/// <summary><c>export</c>: frames as .hcm files.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var shared = new FrameArguments();
        var folder = new Option<string>("--out") { Description = "folder for the files", Required = true };
        var command = shared.AddTo(new Command("export", "Writes frames as .hcm files, which the HiPERCAM pipeline and DS9 read."), hasRange: true);
        command.Options.Add(folder);
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            () => WriteAsync(
                result.GetRequiredValue(shared.Source), result.GetRequiredValue(shared.Resource),
                shared.Options(result) with { First = result.GetValue(shared.First) }, shared.LimitOf(result),
                result.GetRequiredValue(folder), cancel),
            cancel));
        return command;
    }

    private static async Task<int> WriteAsync(string source, string resource, SourceOptions options, long limit, string folder, CancellationToken cancel)
    {
        await using var frames = await DataSource.OpenAsync(source, resource, options, cancel);
        Directory.CreateDirectory(folder);
        var stem = Path.GetFileNameWithoutExtension(resource);
        long count = 0;
        if (limit > 0)
        {
            await foreach (var frame in frames.ReadAllAsync(cancel: cancel))
            {
                using (frame)
                {
                    var path = Path.Combine(folder, $"{stem}_{(frame.Number > 0 ? frame.Number : count + 1):00000}.hcm");
                    HcmFile.Write(path, frame);
                    Console.WriteLine(path);
                }

                if (++count >= limit)
                    break;
            }
        }

        if (frames.Truncation is not { } truncation)
            return 0;
        await Console.Error.WriteLineAsync(truncation);
        return Program.Failed;
    }
}
