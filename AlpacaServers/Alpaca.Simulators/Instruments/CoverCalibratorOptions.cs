using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Instruments;

/// <summary>The simulated cover with a flat-field lamp in it.</summary>
public sealed record CoverCalibratorOptions : DeviceOptions
{
    [Option("Time the cover takes to open or close.", Unit = "s", Minimum = 0.1, Maximum = 300)]
    public double CoverTime { get; init; } = 5;

    [Option("The greatest brightness of the lamp.", Minimum = 1)]
    public int MaxBrightness { get; init; } = 100;

    [Option("Time the lamp takes to become stable.", Unit = "s", Minimum = 0.1, Maximum = 300)]
    public double LampTime { get; init; } = 2;

    [Option("Light of the lamp at full brightness as the camera sees it: like a sky of so many magnitudes per square arcsecond.", Unit = "mag/arcsec2", Minimum = 0, Maximum = 30, Advanced = true)]
    public double LampMagnitude { get; init; } = 15;

    [Option("True if the cover is open at the start. Covers, like domes, are left closed by day.")]
    public bool StartsOpen { get; init; }
}
