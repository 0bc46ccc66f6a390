namespace Alpaca.Simulators.Instruments;

/// <summary>The simulated focuser and the focus curve behind it.</summary>
public sealed record FocuserOptions : DeviceOptions
{
    /// <summary>False for a focuser that knows distances only.</summary>
    public bool IsAbsolute { get; init; } = true;

    /// <summary>The highest position, steps.</summary>
    public int MaxStep { get; init; } = 20000;

    /// <summary>Where it stands at the start, steps.</summary>
    public int InitialPosition { get; init; } = 10000;

    /// <summary>Size of a step, micrometres.</summary>
    public double StepSize { get; init; } = 1;

    /// <summary>Steps per second.</summary>
    public double Speed { get; init; } = 1000;

    /// <summary>Best focus at <see cref="ReferenceTemperature"/> through a filter without offset, steps.</summary>
    public double BestPosition { get; init; } = 10000;

    /// <summary>Degrees Celsius.</summary>
    public double ReferenceTemperature { get; init; } = 2;

    /// <summary>Drift of the best focus, steps per degree.</summary>
    public double StepsPerDegree { get; init; } = -6;
}
