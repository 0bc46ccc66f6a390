using System.CommandLine;
using Alpaca.Astronomy.Clocks;

namespace Sequencer.App.Night;

/// <summary><c>night</c>: one whole night on the simulated observatory.</summary>
internal static class NightCommand
{
    public static Command Create()
    {
        var site = new Option<string?>("--site") { Description = "Where: \"latitude,longitude,elevation\" in degrees (east positive) and metres. Default: the configured site, Mauna Loa." };
        var date = new Option<string?>("--date") { Description = "The evening's date there, as 2026-11-21. Default: tonight." };
        var fields = new Option<string?>("--fields") { Description = "The target list. Default: the shipped one." };
        var hours = new Option<double?>("--hours") { Description = "Stop after so many hours of the night. Default: at dawn." };
        var rate = new Option<double>("--rate") { Description = "How many times faster than real time the night runs while nothing is being computed.", DefaultValueFactory = _ => 1000 };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var weather = new Option<string[]>("--weather")
        {
            Description = "clear, flapping, or rain-at HH:MM (local mean time).",
            Arity = new ArgumentArity(1, 2),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["clear"],
        };
        var output = new Option<string>("--out") { Description = "The directory that gets one directory per night.", DefaultValueFactory = _ => "data" };
        var configuration = new Option<string?>("--config") { Description = "The observatory's configuration. Default: the shipped one." };
        var mount = new Option<string?>("--mount") { Description = $"An emulated mount in place of the simulated one: {EmulatedHardware.Choices("telescope")}. Plate solving closes the loop on it." };
        var dome = new Option<string?>("--dome") { Description = $"An emulated dome in place of the simulated one: {EmulatedHardware.Choices("dome")}." };
        var json = new Option<bool>("--json") { Description = "Print the summary as one JSON object, the last line of standard output." };
        var command = new Command(
            "night",
            "Runs one whole night on the simulated observatory: a device server and the sequencer, which talk only Alpaca over HTTP. " +
            "Example: night --weather rain-at 01:00 --seed 7. Exit code 0 means: ended parked and closed.")
        {
            site, date, fields, hours, rate, seed, weather, output, configuration, mount, dome, json,
        };
        command.SetAction((parse, cancel) => RunAsync(
            () => new NightArguments(
                parse.GetValue(site),
                NightArguments.ParseDate(parse.GetValue(date)),
                parse.GetValue(fields),
                parse.GetValue(hours),
                parse.GetValue(rate),
                parse.GetValue(seed),
                string.Join(' ', parse.GetValue(weather)!),
                parse.GetValue(output)!,
                parse.GetValue(configuration),
                EmulatedHardware.Of(("telescope", parse.GetValue(mount)), ("dome", parse.GetValue(dome))),
                parse.GetValue(json)).Checked(),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(Func<NightArguments> read, CancellationToken cancel)
    {
        try
        {
            var arguments = read();
            var plan = NightPlan.Make(arguments, TimeProvider.System);
            using var clock = AcceleratedClock.Create(plan.ClockFile, plan.Start, arguments.Rate);
            await using var emulators = await EmulatorProcesses.StartAsync(plan, arguments.Seed, cancel);
            await using var server = await ServerProcess.StartAsync(plan.ServerConfiguration, plan.ClockFile, plan.ServerLog, plan.DiscoveryPort, cancel);
            var summary = await NightSession.RunAsync(plan, arguments, clock, server, cancel);
            SummaryPrinter.Print(summary, arguments.Json);
            return summary.Ok ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (Exception e) when (Wrong.Explains(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
    }
}
