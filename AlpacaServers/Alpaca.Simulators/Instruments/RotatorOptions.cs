namespace Alpaca.Simulators.Instruments;

/// <summary>The simulated camera rotator.</summary>
public sealed record RotatorOptions : DeviceOptions
{
    /// <summary>Degrees per second.</summary>
    public double Speed { get; init; } = 8;

    /// <summary>The smallest move, degrees.</summary>
    public double StepSize { get; init; } = 0.01;
}
