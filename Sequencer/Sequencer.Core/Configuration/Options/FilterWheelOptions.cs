namespace Sequencer.Core.Configuration;

/// <summary>A filter wheel in front of a camera.</summary>
public sealed record FilterWheelOptions
{
    /// <summary>The Alpaca filter wheel.</summary>
    public AlpacaDeviceOptions Device { get; init; } = new() { Type = "filterwheel" };

    /// <summary>Names of the slots in order; empty takes the device's own.</summary>
    public IReadOnlyList<string> FilterNames { get; init; } = [];

    /// <summary>Turning that takes longer has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Name of the opaque slot, or null.</summary>
    public string? DarkPosition { get; init; }

    /// <summary>Focuser steps per filter; empty takes the device's own.</summary>
    public IReadOnlyDictionary<string, int> FocusOffsets { get; init; } = new Dictionary<string, int>();
}
