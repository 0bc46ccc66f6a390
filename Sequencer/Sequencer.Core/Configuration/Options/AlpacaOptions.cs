namespace Sequencer.Core.Configuration;

/// <summary>The Alpaca devices and how to talk to them.</summary>
public sealed record AlpacaOptions
{
    /// <summary>Look for devices without a host by discovery.</summary>
    public bool Discovery { get; init; } = true;

    /// <summary>UDP port of discovery.</summary>
    public int DiscoveryPort { get; init; } = 32227;

    /// <summary>How often a moving or exposing device is asked whether it is done.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An answer that takes longer (real time) is a failure.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Servers that need more than their address: TLS, credentials. They are asked for their devices even if discovery does not find them.</summary>
    public IReadOnlyList<AlpacaServerOptions> Servers { get; init; } = [];

    /// <summary>The devices that are not part of a camera.</summary>
    public DeviceRoles Devices { get; init; } = new();
}
