using System.CommandLine;
using Alpaca.Client;
using Alpaca.Discovery;
using Sequencer.App.Devices;
using Sequencer.App.Night;
using Sequencer.Core.Configuration;
using Sequencer.Core.Night;
using Sequencer.Core.Records;

namespace Sequencer.App.Run;

/// <summary><c>run</c>: one night on the devices of a configuration, in real time.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var configuration = new Option<string>("--config") { Description = "The observatory's configuration (observatory.yaml).", Required = true };
        var hours = new Option<double?>("--hours") { Description = "Stop after so many hours. Default: at dawn." };
        var check = new Option<bool>("--dry-run") { Description = "Read the configuration, find every device, say what was found, and move nothing." };
        var json = new Option<bool>("--json") { Description = "Print the summary as one JSON object, the last line of standard output." };
        var command = new Command(
            "run",
            "Runs one night on the devices that a configuration names, from now until dawn. Ctrl-C closes the dome and parks before it ends. " +
            "Example: run --config /etc/alpaca/observatory.yaml --dry-run. Exit code 0 means: ended parked and closed.")
        {
            configuration, hours, check, json,
        };
        command.SetAction((parse, cancel) => RunAsync(parse.GetValue(configuration)!, parse.GetValue(hours), parse.GetValue(check), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string path, double? hours, bool dryRun, bool json, CancellationToken cancel)
    {
        try
        {
            if (hours is not null and not (> 0 and <= 48))
                throw new NightException("--hours must be more than 0 and at most 48.");
            var configuration = ConfigurationFile.Load(path);
            using var finder = new DeviceFinder(configuration.Alpaca, new AlpacaClientOptions());
            if (configuration.Alpaca.Discovery)
                await finder.DiscoverAsync(new FinderOptions { Port = configuration.Alpaca.DiscoveryPort }, cancel);
            var devices = await NightDeviceFinder.FindAsync(finder, configuration, cancel);
            if (dryRun)
            {
                Console.WriteLine($"{configuration.Name}: the configuration is in order and all its devices were found. Nothing was moved.");
                return ExitCodes.Done;
            }

            var summary = await NightAsync(configuration, devices, hours, cancel);
            SummaryPrinter.Print(summary, json);
            return summary.Ok ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (Exception e) when (Wrong.Explains(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
    }

    private static async Task<NightSummary> NightAsync(ObservatoryConfiguration configuration, NightDevices devices, double? hours, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var evening = new Alpaca.Astronomy.Almanac(configuration.Location.Site()).EveningOf(clock.GetUtcNow());
        var path = Path.Combine(configuration.Directories.Logs, FormattableString.Invariant($"journal_{evening:yyyyMMdd}.jsonl"));
        NightResult result;
        using (var journal = new Journal(path, clock, configuration.Directories.Base))
        {
            var screen = new LiveScreen(clock, new SkyView(configuration.Location.Site()));
            var options = new NightOptions { Length = hours is { } h ? TimeSpan.FromHours(h) : null };
            var night = NightRun.RunAsync(options, configuration, devices, clock, Solvers.Create(configuration.Solver, clock), journal, cancel);
            await screen.ShowAsync(journal, night);
            result = await night;
        }

        var summary = NightSummary.FromJournal(path);
        return summary with
        {
            WallSeconds = clock.GetElapsedTime(began).TotalSeconds,
            EndedParked = result.EndedParked,
            EndedClosed = result.EndedClosed,
            Files = [.. summary.Files.Select(file => Path.GetFullPath(file, configuration.Directories.Base))],
        };
    }
}
