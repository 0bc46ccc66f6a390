namespace Sequencer.Core.Configuration;

/// <summary>What holds for every camera that does not say otherwise.</summary>
public sealed record CameraDefaults
{
    /// <summary>Time from the end of an exposure to the image: the first estimate, until it has been measured.</summary>
    public TimeSpan ReadoutTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after exposure and readout a camera is given up.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Exposure of a target that does not say otherwise.</summary>
    public TimeSpan Exptime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Bayer pattern when the camera does not tell its own.</summary>
    public string FilterType { get; init; } = "RGGB";
}
