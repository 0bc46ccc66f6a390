namespace Sequencer.Core.Configuration;

/// <summary>The devices that are not part of a camera. Null means there is none.</summary>
public sealed record DeviceRoles
{
    /// <summary>The mount.</summary>
    public AlpacaDeviceOptions? Telescope { get; init; }

    /// <summary>Dome, clamshell or roll-off roof.</summary>
    public AlpacaDeviceOptions? Dome { get; init; }

    /// <summary>Telescope cover or flat panel.</summary>
    public AlpacaDeviceOptions? CoverCalibrator { get; init; }

    /// <summary>Camera rotator.</summary>
    public AlpacaDeviceOptions? Rotator { get; init; }

    /// <summary>Weather values, for records and headers.</summary>
    public AlpacaDeviceOptions? ObservingConditions { get; init; }

    /// <summary>Power board.</summary>
    public AlpacaDeviceOptions? Switch { get; init; }

    /// <summary>All of these must say safe.</summary>
    public IReadOnlyList<AlpacaDeviceOptions> SafetyMonitors { get; init; } = [];
}
