using Alpaca.Astronomy;
using Sequencer.Core.Configuration;
using Sequencer.Core.Records;
using Sequencer.Imaging;

namespace Sequencer.Core.Night;

/// <summary>One whole night: puts the observatory together from configuration and devices, runs the state machine and the watch, and ends parked and closed whatever happens.</summary>
public static class NightRun
{
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromMinutes(10);

    /// <summary>Runs a night, from now until dawn.</summary>
    /// <param name="options">How long, how often.</param>
    /// <param name="configuration">The observatory; paths must be absolute.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="clock">The night's clock.</param>
    /// <param name="solver">Solves frames.</param>
    /// <param name="journal">Takes everything that happens.</param>
    /// <param name="cancel">Ends the night early: the dome is closed and the mount parked before this returns.</param>
    /// <returns>How it ended. Cancelling is no exception.</returns>
    /// <exception cref="InvalidConfigException">The state table cannot be used.</exception>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    public static async Task<NightResult> RunAsync(
        NightOptions options, ObservatoryConfiguration configuration, NightDevices devices, TimeProvider clock, IPlateSolver solver, Journal journal,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(journal);
        var table = StateTable.Load(configuration.StateMachine, configuration.Directories.Base);
        var observatory = NightAssembly.Build(options, configuration, devices, clock, journal);
        var dark = DarkTime(observatory);
        using var night = new NightContext(observatory, table) { EndsAt = End(observatory, dark, options.Length), RunOnce = options.RunOnce };
        observatory.Session = NightAssembly.Session(night, solver);
        var machine = new NightMachine(night);
        journal.NightStart(observatory.Site.Name, Date(observatory), configuration.Name, options.Seed, options.Rate);
        journal.Dark(dark.Start, dark.End);
        foreach (var simulation in configuration.Simulator) journal.Warning($"Simulated for safety: {simulation}. The real one is not looked at.");
        if (options.StartHeld) observatory.Surroundings.StartHeld();
        return await RunAsync(night, machine, journal, cancel);
    }

    private static async Task<NightResult> RunAsync(NightContext night, NightMachine machine, Journal journal, CancellationToken cancel)
    {
        var reason = "the night is over";
        using var stopWatch = new CancellationTokenSource();
        var watch = Task.CompletedTask;
        try
        {
            if (await machine.InitializeAsync(cancel))
            {
                watch = new Watch(night).RunAsync(stopWatch.Token);
                await machine.RunAsync(new NightRunOptions { RunOnce = night.RunOnce }, cancel);
                if (!night.IsOver) reason = machine.Failure ?? "nothing more to do";
            }
            else
            {
                reason = machine.Failure ?? "the equipment could not be initialised";
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            reason = "cancelled";
        }
        // The watch looks on until everything is closed.
        var (parked, closed) = await machine.PowerDownAsync();
        stopWatch.Cancel();
        await EndAsync(watch);
        if (night.Observatory.Session is { } session && !await session.DrainAsync(DrainDeadline, CancellationToken.None))
            journal.Warning("Some frames were still being processed when the night ended.");
        journal.NightEnd(parked, closed, reason);
        return new NightResult(parked, closed, reason);
    }

    private static async Task EndAsync(Task watch)
    {
        try
        {
            await watch;
        }
        catch (OperationCanceledException)
        {
            // How the watch ends.
        }
    }

    private static string Date(Observatory observatory) =>
        new Almanac(observatory.Site).EveningOf(observatory.Clock.GetUtcNow()).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The dark time of the night that is under way, or of the coming one; none if the Sun does not get low enough.</summary>
    private static (DateTimeOffset Start, DateTimeOffset End) DarkTime(Observatory observatory)
    {
        var now = observatory.Clock.GetUtcNow();
        var almanac = new Almanac(observatory.Site);
        var horizon = Angle.FromDegrees(observatory.Configuration.Location.ObserveHorizonDegrees);
        if (observatory.Configuration.Simulates(Simulation.Night)) return (now, now + TimeSpan.FromHours(12));
        var evening = almanac.EveningOf(now);
        // A morning after dawn belongs to the evening before: the next night is meant.
        var night = almanac.NightOf(evening, horizon) is { } tonight && now < tonight.End ? tonight : almanac.NightOf(evening.AddDays(1), horizon);
        if (night is { } dark) return (dark.Start, dark.End);
        observatory.Journal.Warning("The Sun does not get low enough to observe: this night has no dark time.");
        return (now, now);
    }

    private static DateTimeOffset End(Observatory observatory, (DateTimeOffset Start, DateTimeOffset End) dark, TimeSpan? length)
    {
        var limit = observatory.Clock.GetUtcNow() + (length ?? TimeSpan.FromDays(2));
        return dark.End < limit ? dark.End : limit;
    }
}
