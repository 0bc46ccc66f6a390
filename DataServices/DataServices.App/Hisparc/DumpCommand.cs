using System.CommandLine;
using System.Text.Json;
using DataServices.Hdf5;
using DataServices.Hisparc.Store;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc dump FILE --json</c>: what is in a day file, node by node.</summary>
internal static class DumpCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A day file" };
        var json = new Option<bool>("--json") { Description = "Rows and, for blobs, [length, CRC-32] each" };
        var command = new Command("dump", "Prints what is in a day file") { file, json };
        command.SetAction(parsed =>
        {
            try
            {
                using var output = Console.OpenStandardOutput();
                using var opened = Hdf5File.Open(parsed.GetRequiredValue(file).FullName);
                if (parsed.GetValue(json))
                    DayDump.WriteJson(opened, output);
                else
                    DayDump.WriteSummary(opened, Console.Out);
                return 0;
            }
            catch (Exception error) when (error is IOException or JsonException)
            {
                Console.Error.WriteLine(error.Message);
                return Program.Failed;
            }
        });
        return command;
    }
}
