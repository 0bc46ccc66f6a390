namespace Sequencer.Core.Equipment;

/// <summary>One exposure to be taken by a camera.</summary>
/// <param name="Target">Name of what is observed, for the journal.</param>
/// <param name="Kind">light, pointing, dark, bias or flat.</param>
/// <param name="Seconds">Exposure time; 0 means the shortest the camera can.</param>
/// <param name="Number">Number of the exposure in its block, from 1.</param>
public sealed record ExposureRequest(string Target, string Kind, double Seconds, int Number)
{
    /// <summary>Filter by name, beginning of a name, or slot number from 1; null leaves the wheel where it is.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether the shutter opens.</summary>
    public bool Light => Kind is not ("dark" or "bias");

    /// <summary>Says why, when the exposure is cancelled; asked at that moment.</summary>
    public Func<string>? StopReason { get; init; }

    /// <summary>Told when the exposure has started and when the shutter has closed, again for a second attempt.</summary>
    public Action<ShutterChange>? Shutter { get; init; }
}

/// <summary>What a shutter just did.</summary>
public enum ShutterChange
{
    Opened,
    Closed,
}
