using System.CommandLine;
using System.Globalization;

namespace Benchmarks.Streams;

/// <summary><c>streams</c>: raw runs and image streams against copying the same bytes.</summary>
internal static class StreamsCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "how long each case is repeated", DefaultValueFactory = _ => 2 };
        var command = new Command("streams", "HiPERCAM, ULTRACAM and AARTFAAC readers against memcpy of the same bytes.") { seconds };
        command.SetAction(async (result, cancel) =>
        {
            var folder = Directory.CreateTempSubdirectory("streams").FullName;
            try
            {
                var length = TimeSpan.FromSeconds(result.GetValue(seconds));
                Console.WriteLine($"{"case",-46} {"per s",10} {"MB/s",8} {"memcpy MB/s",12} {"ratio",6} {"reference MB/s",15} {"times",6}");
                foreach (var measured in RunReaders.All(folder, length))
                    Write(measured);
                await foreach (var measured in ImageStreams.AllAsync(length, cancel))
                    Write(measured);
                using var process = System.Diagnostics.Process.GetCurrentProcess();
                process.Refresh();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak resident memory {process.PeakWorkingSet64 / 1e6:0} MB (yardstick buffers of the benchmark included)"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Write(Measurement m)
    {
        var reference = m.ReferenceRate > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{m.ReferenceRate,15:0} {m.Rate / m.ReferenceRate,6:0.0}")
            : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{m.Name,-46} {m.PerSecond,10:0.0} {m.Rate,8:0} {m.CopyRate,12:0} {m.Rate / m.CopyRate,6:0.00} {reference}"));
    }
}
