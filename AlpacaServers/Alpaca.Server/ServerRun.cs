using System.Net.Sockets;
using Alpaca.Astronomy.Catalogue;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Discovery;
using Alpaca.Hosting;
using Alpaca.Simulators;
using Microsoft.Extensions.Logging;

namespace Alpaca.Server;

/// <summary>One run of the server, from its configuration to the signal that ends it.</summary>
internal sealed class ServerRun(ServerConfiguration configuration, string? clockFile, string? stateDirectory, TextWriter output, TextWriter errors)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            using var shared = clockFile is null ? null : AcceleratedClock.Open(clockFile);
            TimeProvider clock = shared is null ? TimeProvider.System : shared;
            using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning)
                .AddSimpleConsole(console => console.SingleLine = true)
                .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
            var registry = Publish(clock);
            var host = new AlpacaHost(
                new AlpacaHostOptions
                {
                    Host = configuration.Host,
                    Port = configuration.Port,
                    DiscoveryPort = configuration.DiscoveryPort,
                    ServerName = configuration.Name,
                    Location = configuration.Location ?? configuration.Simulation.Site.Name,
                    Clock = clock,
                    Loggers = loggers,
                },
                registry);
            await using (host)
            {
                await host.StartAsync(stop);
                await output.WriteLineAsync($"listening on {host.Address.GetLeftPart(UriPartial.Authority)}");
                await output.FlushAsync(CancellationToken.None);
                await UntilAsync(stop);
                await host.StopAsync();
            }

            return ExitCode.Stopped;
        }
        catch (Exception e) when (e is DiscoveryException or SocketException || (e is IOException and not FileNotFoundException))
        {
            return await FailAsync($"cannot listen on {configuration.Host}:{configuration.Port}: {e.Message} Another server may be running; choose another --port.", ExitCode.CannotListen);
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

    private DeviceRegistry Publish(TimeProvider clock)
    {
        var observatory = new SimulatedObservatory(configuration.Simulation with { Stars = Stars() }, clock);
        var ids = UniqueIdStore.Open(stateDirectory ?? DefaultStateDirectory());
        var registry = new DeviceRegistry();
        var camera = 0;
        foreach (var published in configuration.Devices)
        {
            var device = published.Type == "camera" ? observatory.Cameras[camera++] : DeviceOf(observatory, published.Type);
            registry.Add(device, ((DeviceBase)device).Identity.Name, ids.IdOf($"simulator/{published.Type}/{published.Number}"), published.Number);
        }

        return registry;
    }

    private static IAlpacaDevice DeviceOf(SimulatedObservatory observatory, string type) => type switch
    {
        "covercalibrator" => observatory.CoverCalibrator,
        "dome" => observatory.Dome,
        "filterwheel" => observatory.FilterWheel,
        "focuser" => observatory.Focuser,
        "observingconditions" => observatory.ObservingConditions,
        "rotator" => observatory.Rotator,
        "safetymonitor" => observatory.SafetyMonitor,
        "switch" => observatory.Switch,
        _ => observatory.Telescope,
    };

    /// <summary>The stars, loaded in the background so that the server answers at once; whether the catalogue is there at all is found out now.</summary>
    private CatalogueStars? Stars()
    {
        if (!configuration.HasCatalogue)
            return null;
        var file = configuration.CatalogueFile;
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
