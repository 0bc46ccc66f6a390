using Alpaca.Devices.Drivers;
using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>What every entry of <c>devices</c> may say, whichever driver it is for.</summary>
internal sealed record DeviceEntry
{
    [Option(
        "What kind of device it is.",
        Required = true,
        Choices =
        [
            "camera", "covercalibrator=CoverCalibrator", "dome", "filterwheel=FilterWheel", "focuser", "observingconditions=ObservingConditions",
            "rotator", "safetymonitor=SafetyMonitor", "switch", "telescope",
        ])]
    public DeviceType Type { get; init; }

    [Option("Which driver makes it.")]
    public string Driver { get; init; } = Devices.Drivers.Driver.Simulator;

    [Option("Its number within its type: with the type it is the device's address. Not set: the lowest that is free.", Minimum = 0, Maximum = 9999)]
    public int? Number { get; init; }

    [Option("The name people choose it by.")]
    public string? Name { get; init; }

    [Option("File to record every exchange with the hardware to. Not set: nothing is recorded.", Advanced = true, Example = "night.wire")]
    public string? Record { get; init; }

    [Option(
        "An older version of the device's interface to publish, for clients that cannot do with the newest: the device is then without the members that came later. Not set: the newest.",
        Minimum = 1,
        Maximum = 4,
        Advanced = true)]
    public int? InterfaceVersion { get; init; }

    [Option("Whether the device is published. Off keeps its entry in the file.")]
    public bool Enabled { get; init; } = true;
}
