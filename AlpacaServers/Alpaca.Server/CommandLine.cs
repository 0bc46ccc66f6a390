using System.CommandLine;
using Alpaca.Server.Logging;
using Alpaca.Server.Wire;
using Alpaca.Simulators.Weather;

namespace Alpaca.Server;

/// <summary>The server's command line.</summary>
internal static class CommandLine
{
    private const string Description = """
        Publishes devices over ASCOM Alpaca. Without a configuration: ten simulated devices in one observatory, each with device number 0.

        Prints "listening on http://HOST:PORT" when it is ready to answer, with TLS also the certificate's fingerprint, and ends cleanly on SIGTERM or Ctrl-C.

        SIGHUP from a service manager makes it read its configuration again.

        Examples:
          alpaca-server --port 11111 --weather "rain-at 01:00" --seed 7
          alpaca-server config check observatory-server.yaml

        Exit codes: 0 stopped by a signal, 2 wrong command line or configuration, 3 the port cannot be used, 4 the star catalogue is missing.
        """;

    public static RootCommand Create(TextWriter output, TextWriter errors)
    {
        var config = new Option<FileInfo?>("--config") { Description = "Configuration (YAML): server, site, simulation, devices. [default: $XDG_CONFIG_HOME/alpaca/server.yaml, if it is there]", HelpName = "FILE" };
        var host = new Option<string?>("--host") { Description = "Address to listen on; * for every interface. [default: 127.0.0.1]", HelpName = "HOST" };
        var port = new Option<int?>("--port") { Description = "TCP port; 0 for a free one. [default: 11111]", HelpName = "PORT" };
        var discovery = new Option<int?>("--discovery-port") { Description = "UDP port of discovery. [default: 32227]", HelpName = "PORT" };
        var clock = new Option<FileInfo?>("--clock") { Description = "Follow the accelerated clock that another process keeps in this file.", HelpName = "FILE" };
        var seed = new Option<long?>("--seed") { Description = "Where all randomness of the simulation comes from. [default: 1]", HelpName = "N" };
        var weather = new Option<string[]>("--weather")
        {
            Description = $"{WeatherScript.Known}, or a script file. [default: clear]",
            HelpName = "SPEC",
            AllowMultipleArgumentsPerToken = true,
        };
        var state = new Option<DirectoryInfo?>("--state") { Description = "Where the devices' unique ids are kept. [default: $XDG_STATE_HOME/alpaca]", HelpName = "DIR" };
        var site = new Option<string?>("--site") { Description = "Site by name, or latitude,longitude,elevation. [default: mauna-loa]", HelpName = "SITE" };
        var lifeline = new Option<bool>("--until-stdin-closes") { Description = "End when standard input closes: for a program that starts a server of its own." };
        var format = new Option<LogFormat?>("--log-format") { Description = "How the log on standard error looks: text or json. [default: text]", HelpName = "FORMAT" };
        var level = new Option<LogThreshold?>("--log-level") { Description = "What is logged: debug, info, warning, error or none. [default: info]", HelpName = "LEVEL" };
        foreach (var range in new[] { port, discovery })
            range.Validators.Add(r =>
            {
                if (r.GetValueOrDefault<int?>() is < 0 or > 65535)
                    r.AddError($"{range.Name} must be 0 to 65535.");
            });
        var command = new RootCommand(Description) { config, host, port, discovery, clock, seed, weather, state, site, format, level, lifeline };
        command.Subcommands.Add(ConfigurationCommand.Create(output, errors));
        command.Subcommands.Add(WireVerbs.Ports(output));
        command.Subcommands.Add(WireVerbs.Record(output, errors));
        command.Subcommands.Add(WireVerbs.Replay(output, errors));
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var file = parsed.GetValue(config);
                var store = new ConfigurationStore(file?.FullName ?? ConfigurationStore.DefaultPath);
                if (file is not null && !store.Exists)
                    throw new ConfigurationException($"{file} cannot be read: there is no such file.");
                var configuration = store.Configuration;
                var simulation = configuration.Simulation;
                if (parsed.GetValue(site) is { } place)
                    simulation = simulation with { Site = SiteNames.Parse(place) };
                if (parsed.GetValue(weather) is { Length: > 0 } words)
                    simulation = simulation with { Weather = ConfigurationFile.Weather(string.Join(' ', words)) };
                var (server, logging) = (configuration.Sections.Server, configuration.Sections.Logging);
                configuration = configuration with
                {
                    Sections = configuration.Sections with
                    {
                        Server = server with
                        {
                            Host = parsed.GetValue(host) ?? server.Host,
                            Port = parsed.GetValue(port) ?? server.Port,
                            DiscoveryPort = parsed.GetValue(discovery) ?? server.DiscoveryPort,
                        },
                        Logging = logging with { Format = parsed.GetValue(format) ?? logging.Format, Level = parsed.GetValue(level) ?? logging.Level },
                    },
                    Simulation = simulation with { Seed = parsed.GetValue(seed) ?? simulation.Seed },
                };
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                if (parsed.GetValue(lifeline))
                    _ = Lifeline.HoldAsync(Console.OpenStandardInput(), stop);
                return await new ServerRun(configuration, store, parsed.GetValue(clock)?.FullName, parsed.GetValue(state)?.FullName, output, errors).RunAsync(stop.Token);
            }
            catch (Exception e) when (e is ConfigurationException or FormatException)
            {
                await errors.WriteLineAsync($"alpaca-server: {e.Message}");
                return ExitCode.WrongConfiguration;
            }
        });
        return command;
    }
}
