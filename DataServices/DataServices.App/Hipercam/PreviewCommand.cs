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
        if (number < 0)
            throw new ArgumentException($"--frame {number}: frames count from 1, and 0 is the newest.");
        // A list has no frame to start with: the ones before are passed over, for the newest all but the last.
        var isList = source == "hf";
        await using var frames = await DataSource.OpenAsync(source, resource, options with { First = isList ? 1 : number }, cancel);
        var wanted = isList ? number : 1;
        Mccd? found = null;
        try
        {
            await foreach (var frame in frames.ReadAllAsync(cancel: cancel))
            {
                found?.Dispose();
                found = frame;
                if (--wanted == 0)
                    break;
            }

            if (found is null || wanted > 0)
                throw new RunNotFoundException($"{resource}: frame {number} is not there.");
            var (pixels, width, height) = MosaicPicture.Of(found);
            FloatPreview.Write(path, pixels, width, height);
            Console.WriteLine(path);
            return 0;
        }
        finally
        {
            found?.Dispose();
        }
    }
}
