using Alpaca.Simulators;

namespace Alpaca.Server;

/// <summary>A device to publish.</summary>
/// <param name="Type">As URLs spell it.</param>
/// <param name="Number">Its number within its type.</param>
internal sealed record PublishedDevice(string Type, uint Number);

/// <summary>What a server is made from: the file's values, over which the command line's go.</summary>
internal sealed record ServerConfiguration
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 11111;

    public int DiscoveryPort { get; init; } = 32227;

    public string Name { get; init; } = "Alpaca observatory server";

    public string? Location { get; init; }

    public SimulationOptions Simulation { get; init; } = new();

    /// <summary>False for a sky without stars.</summary>
    public bool HasCatalogue { get; init; } = true;

    /// <summary>The catalogue's file; null for the installed one with the most stars.</summary>
    public string? CatalogueFile { get; init; }

    /// <summary>What is published; by default the ten simulators, each with number 0.</summary>
    public IReadOnlyList<PublishedDevice> Devices { get; init; } = [.. DeviceConfiguration.Types.Order(StringComparer.Ordinal).Select(type => new PublishedDevice(type, 0))];
}
