namespace Sequencer.Core.Configuration;

/// <summary>Cooling of one camera.</summary>
public sealed record CoolingOptions
{
    /// <summary>Switch the cooler on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Set point, °C.</summary>
    public double TargetCelsius { get; init; }

    /// <summary>The temperature is stable within this of the set point, kelvin.</summary>
    public double ToleranceKelvin { get; init; } = 0.5;

    /// <summary>How long it must be stable.</summary>
    public TimeSpan StableTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often it is looked at while cooling down.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A camera not stable after this is left out of the night.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
