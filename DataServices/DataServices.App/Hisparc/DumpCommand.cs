using System.CommandLine;
using System.Text.Json;
using DataServices.Hdf5;
using DataServices.Hisparc.Store;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc dump FILE --json</c>: what is in a day file, node by node.</summary>
internal static class DumpCommand
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A day file" };
        var json = new Option<bool>("--json") { Description = "Rows and, for blobs, [length, CRC-32] each" };
        var command = new Command("dump", "Prints what is in a day file") { file, json };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                using var output = Console.OpenStandardOutput();
                using var opened = await OpenAsync(parsed.GetRequiredValue(file).FullName, cancel);
                if (parsed.GetValue(json))
                    DayDump.WriteJson(opened, output);
                else
                    DayDump.WriteSummary(opened, Console.Out);
                return 0;
            }
            catch (Exception error) when (error is IOException or JsonException)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return Program.Failed;
            }
        });
        return command;
    }

    // The service has a file open for a moment each time it adds to it.
    private static async Task<Hdf5File> OpenAsync(string path, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return Hdf5File.Open(path);
            }
            catch (Hdf5Exception error) when (error.IsLocked && TimeProvider.System.GetElapsedTime(begun) < _patience)
            {
                await Task.Delay(_look, TimeProvider.System, cancel);
            }
        }
    }
}
