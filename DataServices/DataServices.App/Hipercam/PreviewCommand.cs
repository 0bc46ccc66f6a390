using System.CommandLine;
using DataServices.Fits;
using DataServices.Hipercam;

namespace DataServices.App.Hipercam;

/// <summary><c>preview</c>: a picture of one frame, all chips side by side.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var shared = new FrameArguments();
        var number = new Option<int>("--frame") { Description = "which frame, from 1; 0: the newest", Required = true };
        var path = new Option<string>("--out") { Description = "the PNG file", Required = true };
        var command = shared.AddTo(new Command("preview", "Makes a picture of one frame."), hasRange: false);
        command.Options.Add(number);
        command.Options.Add(path);
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            () => WriteAsync(
                result.GetRequiredValue(shared.Source), result.GetRequiredValue(shared.Resource), shared.Options(result), result.GetValue(number),
                result.GetRequiredValue(path), cancel),
            cancel));
        return command;
    }

    private static async Task<int> WriteAsync(string source, string resource, SourceOptions options, int number, string path, CancellationToken cancel)
    {
        // A list has no frame to start with: the ones before are passed over.
        var isList = source == "hf";
        await using var frames = await DataSource.OpenAsync(source, resource, options with { First = isList ? 1 : number }, cancel);
        var skip = isList ? number - 1 : 0;
        await foreach (var frame in frames.ReadAllAsync(cancel: cancel))
        {
            using (frame)
            {
                if (skip-- > 0)
                    continue;
                var (pixels, width, height) = MosaicPicture.Of(frame);
                FloatPreview.Write(path, pixels, width, height);
                Console.WriteLine(path);
                return 0;
            }
        }

        throw new RunNotFoundException($"{resource}: frame {number} is not there.");
    }
}
