using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Instruments;

/// <summary>The simulated focuser and the focus curve behind it.</summary>
public sealed record FocuserOptions : DeviceOptions
{
    [Option("False for a focuser that knows distances only.", Key = "absolute")]
    public bool IsAbsolute { get; init; } = true;

    [Option("The highest position.", Unit = "steps", Minimum = 10)]
    public int MaxStep { get; init; } = 20000;

    [Option("Where it stands at the start.", Unit = "steps", Minimum = 0)]
    public int InitialPosition { get; init; } = 10000;

    [Option("Size of a step.", Unit = "um", Minimum = 0.001, Maximum = 1000)]
    public double StepSize { get; init; } = 1;

    [Option("Speed of moves.", Unit = "steps/s", Minimum = 1, Maximum = 1e6)]
    public double Speed { get; init; } = 1000;

    [Option("Best focus at the reference temperature through a filter without offset.", Unit = "steps")]
    public double BestPosition { get; init; } = 10000;

    [Option("The temperature at which the best focus is at its given position.", Unit = "C", Minimum = -60, Maximum = 60, Advanced = true)]
    public double ReferenceTemperature { get; init; } = 2;

    [Option("Drift of the best focus with temperature.", Unit = "steps/C")]
    public double StepsPerDegree { get; init; } = -6;

    public IEnumerable<string> Validate()
    {
        if (InitialPosition > MaxStep)
            yield return "initial_position: it must not exceed max_step.";
    }
}
