using Alpaca.Devices.Options;
using Alpaca.Simulators;
using Alpaca.Simulators.Weather;

namespace Alpaca.Server;

/// <summary>Reads a server's YAML file, strictly: whatever nobody understands is an error that names the line and the nearest key.</summary>
internal static class ConfigurationFile
{
    private const string Devices = "devices";
    private static readonly OptionModel s_sections = OptionModel.Of<ConfigurationSections>();
    private static readonly OptionModel s_step = OptionModel.Of<WeatherStep>();

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It cannot be read or is wrong; the message lists everything that is.</exception>
    public static ServerConfiguration Load(string file) => Parse(file, TextOf(file));

    /// <summary>Reads a file's text.</summary>
    /// <inheritdoc cref="Load"/>
    public static ServerConfiguration Parse(string file, string text)
    {
        var faults = new List<OptionFault>();
        try
        {
            var root = YamlNodes.ToOption(YamlNodes.Parse(text));
            var configuration = Read(root, faults);
            return faults.Count == 0 ? configuration : throw new ConfigurationException(string.Join('\n', faults.OrderBy(f => f.Line).Select(f => Describe(file, f))));
        }
        catch (ConfigurationException e) when (faults.Count == 0)
        {
            throw new ConfigurationException($"{file}, {e.Message}", e);
        }
    }

    /// <summary>A word, or a file of steps.</summary>
    /// <exception cref="ConfigurationException">The file is wrong.</exception>
    /// <exception cref="FormatException">It is neither a word nor a file.</exception>
    public static WeatherScript Weather(string text)
    {
        if (!File.Exists(text))
            return WeatherScript.Parse(text);
        var faults = new List<OptionFault>();
        var root = YamlNodes.ToOption(YamlNodes.Parse(TextOf(text)));
        var script = root.Find("weather") is { Items: { } steps } && root.Entries!.Count == 1
            ? Steps(steps, faults)
            : throw new ConfigurationException($"{text}, line 1: a weather script is a list of steps under the one key \"weather\".");
        return faults.Count == 0 ? script : throw new ConfigurationException(string.Join('\n', faults.Select(f => Describe(text, f))));
    }

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static string Describe(string file, OptionFault fault) => FormattableString.Invariant($"{file}, line {fault.Line}: {fault}");

    private static ServerConfiguration Read(OptionNode root, List<OptionFault> faults)
    {
        var steps = root.Find("simulation")?.Find("weather") is { Items: { } items } ? Steps(items, faults) : null;
        var sections = (ConfigurationSections)s_sections.Bind(steps is null ? root : WithoutWeather(root), faults, alsoKnown: [Devices]);
        var configuration = new ServerConfiguration
        {
            Sections = sections,
            Simulation = new SimulationOptions
            {
                Site = sections.Site.ToSite(),
                Seed = sections.Simulation.Seed,
                Weather = steps ?? (faults.Count == 0 ? WeatherScript.Parse(sections.Simulation.Weather) : WeatherScript.Clear),
            },
        };
        return root.Find(Devices) is { } list ? configuration with { Devices = DeviceList.Read(list, faults) } : configuration;
    }

    private static WeatherScript Steps(IReadOnlyList<OptionNode> items, List<OptionFault> faults)
    {
        var before = faults.Count;
        var steps = items.Select((item, i) => (WeatherStep)s_step.Bind(item, faults, FormattableString.Invariant($"weather[{i}]"))).ToArray();
        return faults.Count > before ? WeatherScript.Clear : WeatherScript.Steps(steps.Select(s => s.ToStep()));
    }

    /// <summary>The root without the list of steps, which is read apart: the option is a word.</summary>
    private static OptionNode WithoutWeather(OptionNode root) => OptionNode.Mapping(root.Entries!.Select(section => section.Key != "simulation"
        ? section
        : KeyValuePair.Create(section.Key, OptionNode.Mapping(section.Value.Entries!.Where(e => e.Key != "weather"), section.Value.Line))));
}
