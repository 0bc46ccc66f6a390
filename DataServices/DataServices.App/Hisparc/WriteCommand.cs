using System.CommandLine;
using DataServices.Hisparc;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc write</c>: day files without taking uploads: from a spool, or from a queue.</summary>
internal static class WriteCommand
{
    public static Command Create()
    {
        var settings = new ServiceSettings();
        var once = new Option<bool>("--once") { Description = "Write everything there is in incoming/ and in the log, and end" };
        var command = new Command("write", "Empties incoming/, or with --queue one queue, into the day files until SIGTERM") { once, settings.Shard };
        settings.AddTo(command, withStations: false);
        settings.AddQueue(command);
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var (options, level, log) = settings.Read(parsed, needsStations: false);
                if (options.Queue is not null && (options.Queue.Shard is null || parsed.GetValue(once)))
                    throw new FormatException("With a queue, write --shard K empties queue K until SIGTERM; --once is for spool files.");

                // The list is for those who take uploads.
                options = options with { StationList = "" };
                using var loggers = Messages.Create(level, log is null ? null : $"{log}-writer");
                await using var service = HisparcService.Open(options, TimeProvider.System, loggers.CreateLogger("write"));
                var waiting = parsed.GetValue(once) ? await service.WriteOnceAsync(cancel) : await RunAsync(service, cancel);
                foreach (var reason in waiting)
                    await Console.Error.WriteLineAsync($"Stays in the log until the next start: {reason}");
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

    private static async Task<IReadOnlyList<string>> RunAsync(HisparcService service, CancellationToken cancel)
    {
        service.Start();
        Console.WriteLine($"{service.Folders.Root}: writing; end with Ctrl-C or SIGTERM.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        return await service.StopAsync();
    }
}
