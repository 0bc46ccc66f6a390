using System.CommandLine;
using DataServices.Hisparc;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc write --once</c>: takes over spool files and writes what the log holds, without a server.</summary>
internal static class WriteCommand
{
    public static Command Create()
    {
        var settings = new ServiceSettings();
        var once = new Option<bool>("--once") { Description = "Write everything there is, and end", Required = true };
        var command = new Command("write", "Empties incoming/ and the log into the day files") { once };
        settings.AddTo(command, withStations: false);
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var (options, level) = settings.Read(parsed, needsStations: false);
                using var loggers = Messages.Create(level);
                await using var service = HisparcService.Open(options, TimeProvider.System, loggers.CreateLogger("hisparc"));
                var waiting = await service.WriteOnceAsync(cancel);
                foreach (var reason in waiting)
                    await Console.Error.WriteLineAsync(reason);
                return waiting.Count == 0 ? 0 : Program.Failed;
            }
            catch (Exception error) when (error is IOException or FormatException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return Program.Failed;
            }
        });
        return command;
    }
}
