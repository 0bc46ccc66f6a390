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
    /// <summary>Whether its azimuth matters.</summary>
    public DomeOpening Opening { get; init; } = DomeOpening.Clamshell;

    /// <summary>False for a roll-off roof: only the shutter moves.</summary>
    public bool HasAzimuth { get; init; } = true;

    /// <summary>Speed of turning, degrees per second.</summary>
    public double AzimuthSpeed { get; init; } = 8;

    /// <summary>Speed of the opening's lower edge, degrees per second.</summary>
    public double AltitudeSpeed { get; init; } = 4;

    /// <summary>Time the shutter takes to open or close, seconds.</summary>
    public double ShutterTime { get; init; } = 20;

    /// <summary>Width of a slit, degrees of azimuth at the horizon.</summary>
    public double SlitWidth { get; init; } = 30;
}
