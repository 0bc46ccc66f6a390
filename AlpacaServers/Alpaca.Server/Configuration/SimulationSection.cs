using Alpaca.Devices.Options;
using Alpaca.Simulators.Weather;

namespace Alpaca.Server;

/// <summary>Section <c>simulation</c>: what the simulators have in common.</summary>
internal sealed record SimulationSection
{
    private const string Installed = "installed";
    private const string None = "none";

    [Option("Where all randomness of the simulation comes from: equal seeds give equal nights.")]
    public int Seed { get; init; } = 1;

    [Option($"{WeatherScript.Known}, or a list of steps.", Example = "rain-at 01:00")]
    public string Weather { get; init; } = "clear";

    [Option("The stars: \"installed\" for the astrometry.net catalogue of this machine, an index file, or \"none\".", Advanced = true)]
    public string Catalogue { get; init; } = Installed;

    [Option("Emulated hardware that the simulated sky follows.", Advanced = true)]
    public FollowOptions Follow { get; init; } = new();

    /// <summary>False for a sky without stars.</summary>
    internal bool HasCatalogue => Catalogue != None;

    /// <summary>The catalogue's file; null for the installed one with the most stars.</summary>
    internal string? CatalogueFile => Catalogue is None or Installed ? null : Catalogue;

    public IEnumerable<string> Validate()
    {
        if (CatalogueFile is { } file && !File.Exists(file))
            yield return $"catalogue: there is no file \"{file}\". Give an astrometry.net index file, \"{Installed}\" or \"{None}\".";
        if (Fault(Weather) is { } fault)
            yield return $"weather: {fault}";
    }

    private static string? Fault(string weather)
    {
        try
        {
            WeatherScript.Parse(weather);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
