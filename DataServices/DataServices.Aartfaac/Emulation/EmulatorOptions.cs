using System.Net;

namespace DataServices.Aartfaac;

/// <summary>What the emulator serves.</summary>
public sealed record EmulatorOptions
{
    /// <summary>One per subband; 0 lets the system choose.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [6666, 6667, 6668, 6669, 6670, 6671];

    /// <summary>Where to listen.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>What goes wrong.</summary>
    public IReadOnlyList<EmulatorAction> Script { get; init; } = [];

    /// <summary>Between two ticks.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(1);

    public int Width { get; init; } = 48;

    public int Height { get; init; } = 32;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
