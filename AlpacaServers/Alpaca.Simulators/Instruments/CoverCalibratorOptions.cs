namespace Alpaca.Simulators.Instruments;

/// <summary>The simulated cover with a flat-field lamp in it.</summary>
public sealed record CoverCalibratorOptions : DeviceOptions
{
    /// <summary>Time the cover takes to open or close, seconds.</summary>
    public double CoverTime { get; init; } = 5;

    /// <summary>The greatest brightness of the lamp.</summary>
    public int MaxBrightness { get; init; } = 100;

    /// <summary>Time the lamp takes to become stable, seconds.</summary>
    public double LampTime { get; init; } = 2;

    /// <summary>Light of the lamp at full brightness as seen by the camera: like a sky of so many magnitudes per square arcsecond.</summary>
    public double LampMagnitude { get; init; } = 15;

    /// <summary>True if the cover is open at the start; covers, like domes, are left closed by day.</summary>
    public bool StartsOpen { get; init; }
}
