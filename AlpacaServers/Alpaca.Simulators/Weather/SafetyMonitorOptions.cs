namespace Alpaca.Simulators.Weather;

/// <summary>The simulated safety monitor.</summary>
public sealed record SafetyMonitorOptions : DeviceOptions
{
    /// <summary>What it objects to.</summary>
    public SafetyThresholds Thresholds { get; init; } = new();
}
