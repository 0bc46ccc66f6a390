namespace Alpaca.Devices.Drivers;

/// <summary>The ASCOM device types. URLs and configurations spell them in lower case.</summary>
public enum DeviceType
{
    Camera,
    CoverCalibrator,
    Dome,
    FilterWheel,
    Focuser,
    ObservingConditions,
    Rotator,
    SafetyMonitor,
    Switch,
    Telescope,
}
