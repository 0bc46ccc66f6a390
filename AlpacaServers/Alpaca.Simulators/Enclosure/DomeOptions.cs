using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Enclosure;

/// <summary>What a dome lets the telescope see of the sky.</summary>
public enum DomeOpening
{
    /// <summary>Opens the whole sky: a clamshell or a roll-off roof. Where it is turned to does not matter.</summary>
    Clamshell,

    /// <summary>A slit: the telescope sees the sky only where the dome is turned to.</summary>
    Slit,
}

/// <summary>The simulated dome.</summary>
public sealed record DomeOptions : DeviceOptions
{
    [Option("What it lets the telescope see: a clamshell or roll-off roof opens the whole sky, a slit only where the dome is turned to.")]
    public DomeOpening Opening { get; init; } = DomeOpening.Clamshell;

    [Option("Whether it turns. False for a roll-off roof: only the shutter moves.", Key = "azimuth")]
    public bool HasAzimuth { get; init; } = true;

    [Option("Speed of turning.", Unit = "deg/s", Minimum = 0.1, Maximum = 90)]
    public double AzimuthSpeed { get; init; } = 8;

    [Option("Speed of the opening's lower edge.", Unit = "deg/s", Minimum = 0.1, Maximum = 90)]
    public double AltitudeSpeed { get; init; } = 4;

    [Option("Time the shutter takes to open or close.", Unit = "s", Minimum = 0.1, Maximum = 600)]
    public double ShutterTime { get; init; } = 20;

    [Option("Width of a slit in azimuth at the horizon.", Unit = "deg", Minimum = 1, Maximum = 180)]
    public double SlitWidth { get; init; } = 30;
}
