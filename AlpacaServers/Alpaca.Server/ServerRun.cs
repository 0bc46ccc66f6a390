using System.Net.Sockets;
using Alpaca.Astronomy.Catalogue;
using Alpaca.Astronomy.Clocks;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Discovery;
using Alpaca.Hosting;
using Alpaca.Server.Logging;
using Alpaca.Simulators;
using Microsoft.Extensions.Logging;

namespace Alpaca.Server;

/// <summary>One run of the server, from its configuration to the signal that ends it.</summary>
internal sealed class ServerRun(ServerConfiguration configuration, string? clockFile, string? stateDirectory, TextWriter output, TextWriter errors)
{
    private ServerOptions Server => configuration.Sections.Server;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            var sections = configuration.Sections;
            using var shared = clockFile is null ? null : AcceleratedClock.Open(clockFile);
            TimeProvider clock = shared is null ? TimeProvider.System : shared;
            using var loggers = ServerLog.Create(sections.Logging.Format, sections.Logging.Level, clock);
            var registry = new DeviceRegistry();
            await using var followed = new FollowedHardware(configuration.Sections.Simulation.Follow, configuration.Simulation.Site, loggers);
            Publish(registry, clock, loggers, followed);
            var options = sections.Security.Apply(
                new AlpacaHostOptions
                {
                    Host = Server.Host,
                    Port = Server.Port,
                    DiscoveryPort = Server.DiscoveryPort,
                    ServerName = Server.Name,
                    Location = Server.Location ?? configuration.Simulation.Site.Name,
                    Clock = clock,
                    Loggers = loggers,
                    HasMetrics = sections.Metrics.Enabled,
                },
                stateDirectory ?? DefaultStateDirectory());
            using var certificate = options.Certificate;
            var host = new AlpacaHost(options, registry);
            await using (host)
            {
                await host.StartAsync(stop);
                await output.WriteLineAsync($"listening on {host.Address.GetLeftPart(UriPartial.Authority)}");
                if (certificate is not null)
                    await output.WriteLineAsync($"certificate {certificate.Fingerprint}");
                await output.FlushAsync(CancellationToken.None);
                await UntilAsync(stop);
                await host.StopAsync();
            }

            return ExitCode.Stopped;
        }
        catch (Exception e) when (e is DiscoveryException or SocketException || (e is IOException and not FileNotFoundException))
        {
            return await FailAsync($"cannot listen on {Server.Host}:{Server.Port}: {e.Message} Another server may be running; choose another --port.", ExitCode.CannotListen);
        }
        catch (FileNotFoundException e)
        {
            return await FailAsync(e.Message, ExitCode.SomethingMissing);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or UnauthorizedAccessException)
        {
            return await FailAsync(e.Message, ExitCode.WrongConfiguration);
        }
    }

    private static string DefaultStateDirectory()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        return Path.Combine(
            string.IsNullOrEmpty(state) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state") : state,
            "alpaca");
    }

    private static async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    private async Task<int> FailAsync(string message, int code)
    {
        await errors.WriteLineAsync($"alpaca-server: {message}");
        return code;
    }

    private void Publish(DeviceRegistry registry, TimeProvider clock, ILoggerFactory loggers, FollowedHardware followed)
    {
        var shared = new SharedParts();
        var ids = UniqueIdStore.Open(stateDirectory ?? DefaultStateDirectory());
        var devices = new PublishedDevices(registry, ids, shared, new LinkFactory(), clock, loggers);
        if (configuration.Devices.Any(d => d.Driver.Name == Driver.Simulator))
            SimulatorCatalogue.ObservatoryOf(shared, () => new SimulatedObservatory(configuration.Simulation with { Stars = Stars(), Cameras = [], FollowedMount = followed.Mount }, clock));
        foreach (var device in configuration.Devices)
            devices.Add(device);
    }

    /// <summary>The stars, loaded in the background so that the server answers at once; whether the catalogue is there at all is found out now.</summary>
    private CatalogueStars? Stars()
    {
        if (!configuration.Sections.Simulation.HasCatalogue)
            return null;
        var file = configuration.Sections.Simulation.CatalogueFile;
        if (file is null && !(Directory.Exists(StarCatalogue.DefaultFolder) && Directory.EnumerateFiles(StarCatalogue.DefaultFolder, "index-tycho2-*.fits").Any()))
        {
            throw new FileNotFoundException(
                $"no star catalogue is installed in {StarCatalogue.DefaultFolder}. On Debian and Ubuntu: sudo apt install astrometry-data-tycho2-10-19. "
                + "For a sky without stars, set \"catalogue: none\" under \"simulation\" in the configuration.");
        }

        var catalogue = new Lazy<StarCatalogue>(() => file is null ? StarCatalogue.OpenInstalled() : StarCatalogue.Open(file));
        _ = Task.Run(() => catalogue.Value);
        return new CatalogueStars(catalogue);
    }
}
