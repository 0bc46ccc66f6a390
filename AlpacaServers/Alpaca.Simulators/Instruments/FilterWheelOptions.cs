namespace Alpaca.Simulators.Instruments;

/// <summary>A filter in the simulated wheel.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="FocusOffset">By how much it moves the best focus, steps.</param>
/// <param name="Transmission">Share of the light of an unfiltered star that it passes, 0 to 1.</param>
public sealed record Filter(string Name, int FocusOffset, double Transmission);

/// <summary>The simulated filter wheel.</summary>
public sealed record FilterWheelOptions : DeviceOptions
{
    /// <summary>Its filters, slot by slot.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } =
        [new("L", 0, 0.95), new("R", 40, 0.30), new("G", 20, 0.34), new("B", -30, 0.28), new("Dark", 0, 0)];

    /// <summary>Time from one slot to the next, seconds.</summary>
    public double SecondsPerSlot { get; init; } = 0.8;
}
