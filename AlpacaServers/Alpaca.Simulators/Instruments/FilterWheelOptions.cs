using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Instruments;

/// <summary>A filter in the simulated wheel.</summary>
public sealed record Filter(
    [property: Option("What it is called.", Required = true)] string Name,
    [property: Option("By how much it moves the best focus.", Unit = "steps")] int FocusOffset = 0,
    [property: Option("Share of the light of an unfiltered star that it passes.", Minimum = 0, Maximum = 1)] double Transmission = 1);

/// <summary>The simulated filter wheel.</summary>
public sealed record FilterWheelOptions : DeviceOptions
{
    [Option("Its filters, slot by slot.")]
    public IReadOnlyList<Filter> Filters { get; init; } =
        [new("L", 0, 0.95), new("R", 40, 0.30), new("G", 20, 0.34), new("B", -30, 0.28), new("Dark", 0, 0)];

    [Option("Time from one slot to the next.", Unit = "s", Minimum = 0.01, Maximum = 60)]
    public double SecondsPerSlot { get; init; } = 0.8;

    public IEnumerable<string> Validate()
    {
        if (Filters.Count == 0)
            yield return "filters: a filter wheel needs a filter.";
    }
}
