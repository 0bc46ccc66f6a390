namespace Sequencer.Core.Configuration;

/// <summary>
/// The switches of <c>simulator</c> that change safety answers. Simulated devices need no switch: point <c>alpaca.devices</c> at a server that simulates them.
/// </summary>
public enum Simulation
{
    /// <summary>It is always dark.</summary>
    Night,

    /// <summary>The mains are always on.</summary>
    Power,

    /// <summary>The weather is always good.</summary>
    Weather,
}
