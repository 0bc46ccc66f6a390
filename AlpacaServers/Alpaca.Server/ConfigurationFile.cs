using Alpaca.Astronomy;
using Alpaca.Simulators.Weather;

namespace Alpaca.Server;

/// <summary>Reads a server's YAML file.</summary>
internal static class ConfigurationFile
{
    public static ServerConfiguration Load(string file)
    {
        var root = ConfigurationSection.Load(file);
        var configuration = Server(root.Section("server"), new ServerConfiguration());
        configuration = configuration with { Simulation = configuration.Simulation with { Site = SiteOf(root.Section("site"), configuration.Simulation.Site) } };
        configuration = Simulation(root.Section("simulation"), configuration);
        if (root.Sections("devices") is { } sections)
        {
            var (options, devices) = DeviceConfiguration.Read(sections, configuration.Simulation);
            configuration = configuration with { Simulation = options, Devices = devices };
        }

        root.ThrowIfAnyIsUnknown();
        return configuration;
    }

    /// <summary>A word, or a file of steps.</summary>
    public static WeatherScript Weather(string text)
    {
        if (!File.Exists(text))
            return WeatherScript.Parse(text);
        var file = ConfigurationSection.Load(text);
        var steps = file.Sections("weather") ?? throw file.Wrong("weather", "a weather script is a list of steps under the key \"weather\".");
        var script = Steps(steps);
        file.ThrowIfAnyIsUnknown();
        return script;
    }

    private static ServerConfiguration Server(ConfigurationSection? c, ServerConfiguration d)
    {
        if (c is null)
            return d;
        var server = d with
        {
            Host = c.Text("host", d.Host),
            Port = c.Integer("port", d.Port, 0, 65535),
            DiscoveryPort = c.Integer("discovery_port", d.DiscoveryPort, 1, 65535),
            Name = c.Text("name", d.Name),
            Location = c.Text("location", "") is { Length: > 0 } location ? location : null,
        };
        c.ThrowIfAnyIsUnknown();
        return server;
    }

    private static Site SiteOf(ConfigurationSection? c, Site d)
    {
        if (c is null)
            return d;
        var site = Site.FromDegrees(
            c.Text("name", d.Name),
            c.Number("latitude", d.Latitude.Degrees, -90, 90),
            c.Number("longitude", d.Longitude.Degrees, -180, 180),
            c.Number("elevation", d.Elevation, -300, 10000));
        c.ThrowIfAnyIsUnknown();
        return site;
    }

    private static ServerConfiguration Simulation(ConfigurationSection? c, ServerConfiguration d)
    {
        if (c is null)
            return d;
        var seed = c.Integer("seed", (int)d.Simulation.Seed);
        var weather = c.IsList("weather") ? Steps(c.Sections("weather")!) : c.Parsed("weather", d.Simulation.Weather, WeatherScript.Parse);
        var catalogue = c.Text("catalogue", "installed");
        if (catalogue is not ("none" or "installed") && !File.Exists(catalogue))
            throw c.Wrong("catalogue", $"there is no file \"{catalogue}\". Give an astrometry.net index file, \"installed\" or \"none\".");
        c.ThrowIfAnyIsUnknown();
        return d with
        {
            Simulation = d.Simulation with { Seed = seed, Weather = weather },
            HasCatalogue = catalogue != "none",
            CatalogueFile = catalogue is "none" or "installed" ? null : catalogue,
        };
    }

    private static WeatherScript Steps(IReadOnlyList<ConfigurationSection> steps) => WeatherScript.Steps([.. steps.Select(step =>
    {
        var entry = (step.Instant("from"), new ScriptedWeather(
            step.OptionalNumber("cloud_cover", 0, 100),
            step.OptionalNumber("rain_rate", 0, 20000),
            step.OptionalNumber("wind_speed", 0, 100),
            step.OptionalNumber("humidity", 0, 100),
            step.OptionalNumber("temperature", -90, 60)));
        step.ThrowIfAnyIsUnknown();
        return entry;
    })]);
}
