namespace Sequencer.Core.Configuration;

/// <summary>The cameras with their wheels and focusers.</summary>
public sealed record CamerasOptions
{
    /// <summary>What holds for every camera that does not say otherwise.</summary>
    public CameraDefaults Defaults { get; init; } = new();

    /// <summary>The cameras, in order.</summary>
    public IReadOnlyList<CameraOptions> Devices { get; init; } = [];

    /// <summary>The camera that points: the one marked primary, else the first; null without cameras.</summary>
    public CameraOptions? Primary => Devices.FirstOrDefault(camera => camera.Primary) ?? (Devices.Count > 0 ? Devices[0] : null);
}
