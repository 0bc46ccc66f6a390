namespace Alpaca.Simulators;

/// <summary>What every simulated device can be told.</summary>
public record DeviceOptions
{
    /// <summary>The name people see; null for the device's own.</summary>
    public string? Name { get; init; }

    /// <summary>The unique identity; null for one made from the observatory's seed, which is the same in every run.</summary>
    public string? UniqueId { get; init; }
}
