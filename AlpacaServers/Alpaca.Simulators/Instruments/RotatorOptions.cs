using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Instruments;

/// <summary>The simulated camera rotator.</summary>
public sealed record RotatorOptions : DeviceOptions
{
    [Option("Speed of turning.", Unit = "deg/s", Minimum = 0.1, Maximum = 90)]
    public double Speed { get; init; } = 8;

    [Option("The smallest move.", Unit = "deg", Minimum = 0.0001, Maximum = 5, Advanced = true)]
    public double StepSize { get; init; } = 0.01;
}
