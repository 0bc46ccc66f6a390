using Alpaca.Contract;

namespace Sequencer.Core.Night;

/// <summary>The devices of an observatory: drivers in this process or clients of servers, it makes no difference. The objects stay the same when a server restarts.</summary>
public sealed record NightDevices
{
    /// <summary>The mount.</summary>
    public required ITelescope Telescope { get; init; }

    /// <summary>The cameras with their accessories, in the order of <c>cameras.devices</c>.</summary>
    public required IReadOnlyList<CameraDevices> Cameras { get; init; }

    /// <summary>All of these must say safe. Without any, and without a rain sensor, it is never safe.</summary>
    public IReadOnlyList<ISafetyMonitor> SafetyMonitors { get; init; } = [];

    /// <summary>The weather station, or null.</summary>
    public IObservingConditions? ObservingConditions { get; init; }

    /// <summary>Dome, clamshell or roof, or null.</summary>
    public IDome? Dome { get; init; }

    /// <summary>The telescope's cover, or null.</summary>
    public ICoverCalibrator? CoverCalibrator { get; init; }

    /// <summary>The power board, or null.</summary>
    public ISwitch? Switch { get; init; }
}

/// <summary>A camera and what belongs to it.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="FilterWheel">Its filter wheel, or null.</param>
/// <param name="Focuser">Its focuser, or null.</param>
/// <param name="Rotator">Its rotator, or null.</param>
public sealed record CameraDevices(ICamera Camera, IFilterWheel? FilterWheel = null, IFocuser? Focuser = null, IRotator? Rotator = null);
