using System.CommandLine;
using System.Globalization;

namespace Benchmarks.Streams;

/// <summary><c>streams</c>: raw runs and image streams against copying the same bytes.</summary>
internal static class StreamsCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "how long each case is repeated", DefaultValueFactory = _ => 2 };
        var original = new Option<string?>("--original") { Description = "folder from which Python imports the original readers (hipercam, tkp); PYTHON names the interpreter" };
        var frames = new Option<int>("--endurance") { Description = "frames of the memory test; 0: none", DefaultValueFactory = _ => 1000 };
        var command = new Command("streams", "HiPERCAM, ULTRACAM and AARTFAAC readers against memcpy of the same bytes, and against the originals where they are at hand.")
        {
            seconds, original, frames,
        };
        command.SetAction(async (result, cancel) =>
        {
            var folder = Directory.CreateTempSubdirectory("streams").FullName;
            try
            {
                if (result.GetValue(frames) > 0)
                    await Endurance.RunAsync(folder, result.GetValue(frames), cancel);
                var originals = OriginalReaders.Find(result.GetValue(original), out var reason);
                var length = TimeSpan.FromSeconds(result.GetValue(seconds));
                Console.WriteLine($"\n{"case",-48} {"per s",9} {"MB/s",7} {"memcpy",7} {"ratio",6} {"original",9} {"times",6} {"recorded",9} {"times",6}");
                foreach (var measured in RunReaders.All(folder, originals, length))
                    Write(measured);
                await foreach (var measured in ImageStreams.AllAsync(folder, originals, length, cancel))
                    Write(measured);
                Console.WriteLine(originals is null ? reason : "original: just after, over the same bytes, both by processor time; recorded: once, on a machine of this kind. Best of each.");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Write(Measurement m) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{m.Name,-48} {m.PerSecond,9:0.0} {m.Rate,7:0} {m.CopyRate,7:0} {m.Rate / m.CopyRate,6:0.00} {Times(m.ProcessorRate, m.OriginalRate)} {Times(m.Rate, m.ReferenceRate)}").TrimEnd());

    private static string Times(double rate, double other) =>
        other > 0 ? string.Create(CultureInfo.InvariantCulture, $"{other,9:0} {rate / other,6:0.0}") : new string(' ', 16);
}
