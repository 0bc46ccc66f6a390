using Alpaca.Astronomy.Clocks;
using Alpaca.Client;
using Alpaca.Discovery;
using Sequencer.App.Devices;
using Sequencer.Core.Night;
using Sequencer.Core.Records;

namespace Sequencer.App.Night;

/// <summary>Runs the sequencer's side of a simulated night: finds the devices by discovery, runs the night, shows it.</summary>
internal static class NightSession
{
    public static async Task<NightSummary> RunAsync(NightPlan plan, NightArguments arguments, AcceleratedClock clock, ServerProcess server, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        var client = new AlpacaClientOptions
        {
            // A request costs what it costs: the night's clock does not race on while it is under way.
            AroundRequest = clock.Hold,
        };
        using var finder = new DeviceFinder(plan.Configuration.Alpaca, client);
        await finder.DiscoverAsync(new FinderOptions { Port = plan.DiscoveryPort, LoopbackOnly = true, Wait = TimeSpan.FromMilliseconds(500) }, cancel);
        var devices = await NightDeviceFinder.FindAsync(finder, plan.Configuration, cancel);
        await Console.Error.WriteLineAsync($"{plan.Configuration.Location.Name}, night of {Path.GetFileName(plan.Directory)}, device server at {server.Address}, everything goes to {plan.Directory}");

        NightResult result;
        using (var journal = new Journal(plan.Journal, clock, plan.Directory))
        {
            var screen = new LiveScreen(clock, new SkyView(plan.Configuration.Location.Site()));
            var options = new NightOptions
            {
                Length = arguments.Hours is { } hours ? TimeSpan.FromHours(hours) : null,
                Seed = arguments.Seed,
                Rate = arguments.Rate,
            };
            var night = NightRun.RunAsync(options, plan.Configuration, devices, clock, Solvers.Create(plan.Configuration.Solver, clock), journal, cancel);
            await screen.ShowAsync(journal, night);
            result = await night;
        }

        var warnings = server.Restarts > 0 ? (string[])[$"The device server died and was started again {server.Restarts} time(s)."] : [];
        var summary = NightSummary.FromJournal(plan.Journal);
        return summary with
        {
            WallSeconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds,
            EndedParked = result.EndedParked,
            EndedClosed = result.EndedClosed,
            Files = [.. summary.Files.Select(file => Path.GetFullPath(file, plan.Directory))],
            Warnings = [.. summary.Warnings, .. warnings],
        };
    }
}
