using Alpaca.Simulators;

namespace Alpaca.Server;

/// <summary>What a server is made from: the file's values, over which the command line's go.</summary>
internal sealed record ServerConfiguration
{
    /// <summary>The file's sections.</summary>
    public ConfigurationSections Sections { get; init; } = new();

    /// <summary>The simulators' observatory.</summary>
    public SimulationOptions Simulation { get; init; } = new();

    /// <summary>What is published, and what is kept but switched off; by default the ten simulators, each with number 0.</summary>
    public IReadOnlyList<ConfiguredDevice> Devices { get; init; } = DeviceList.Default;
}
