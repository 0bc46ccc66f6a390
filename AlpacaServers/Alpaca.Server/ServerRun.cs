using System.Net.Sockets;
using System.Runtime.InteropServices;
using Alpaca.Astronomy.Catalogue;
using Alpaca.Astronomy.Clocks;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Discovery;
using Alpaca.Hosting;
using Alpaca.Server.Logging;
using Alpaca.Simulators;

namespace Alpaca.Server;

/// <summary>One run of the server, from its configuration to the signal that ends it.</summary>
internal sealed class ServerRun(ServerConfiguration configuration, ConfigurationStore store, string? clockFile, string? stateDirectory, TextWriter output, TextWriter errors)
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
            var links = new LinkFactory();
            var published = new PublishedDevices(registry, UniqueIdStore.Open(stateDirectory ?? DefaultStateDirectory()), Shared(clock, followed), links, clock, loggers);
            await using var settings = new ServerSettings(store, configuration, published, links, loggers);
            foreach (var device in configuration.Devices)
                published.Add(device);
            using var hangUp = ReloadOnHangUp(settings);
            var options = sections.Security.Apply(
                new AlpacaHostOptions
                {
                    Host = Server.Host,
                    Port = Server.Port,
                    DiscoveryPort = Server.DiscoveryPort,
                    AdvertisedPort = Server.AdvertisedPort,
                    ServerName = Server.Name,
                    Location = Server.Location ?? configuration.Simulation.Site.Name,
                    Clock = clock,
                    Loggers = loggers,
                    Settings = settings,
                    WarmsUp = true,
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

    /// <summary>A service manager asks for the configuration to be read again by SIGHUP. In a terminal the signal means that the terminal is gone, and ends the server as usual.</summary>
    private static PosixSignalRegistration? ReloadOnHangUp(ServerSettings settings) => OperatingSystem.IsWindows() || !Console.IsInputRedirected
        ? null
        : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            _ = settings.ReloadAsync(CancellationToken.None).AsTask();
        });

    /// <summary>What devices stand on together. The simulated observatory is made at the start, so that what it lacks is found out then.</summary>
    private SharedParts Shared(TimeProvider clock, FollowedHardware followed)
    {
        var shared = new SharedParts();
        SimulatedObservatory Observatory() => new(configuration.Simulation with { Stars = Stars(), Cameras = [], FollowedMount = followed.Mount, FollowedDome = followed.Dome }, clock);
        shared.Offer("", Observatory);
        if (configuration.Devices.Any(d => d.Driver.Name == Driver.Simulator))
            shared.Get("", Observatory);
        return shared;
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
