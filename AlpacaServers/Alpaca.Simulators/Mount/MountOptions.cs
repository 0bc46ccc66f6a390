using Alpaca.Contract;

namespace Alpaca.Simulators.Mount;

/// <summary>The simulated mount and the tube on it.</summary>
public sealed record MountOptions : DeviceOptions
{
    /// <summary>How it is built.</summary>
    public AlignmentMode Alignment { get; init; } = AlignmentMode.GermanPolar;

    /// <summary>Speed of slews on each axis, degrees per second.</summary>
    public double SlewSpeed { get; init; } = 4;

    /// <summary>The highest rate of MoveAxis, degrees per second.</summary>
    public double HighestMoveRate { get; init; } = 4;

    /// <summary>Rate of guide pulses on both axes, times sidereal.</summary>
    public double GuideRate { get; init; } = 0.5;

    /// <summary>What keeps the mount from pointing where it says.</summary>
    public MountErrors Errors { get; init; } = new();

    /// <summary>Focal length of the main tube, millimetres: what the telescope reports, and what the first camera sees through unless it has its own.</summary>
    public double FocalLength { get; init; } = 200;

    /// <summary>Aperture of the main tube, millimetres.</summary>
    public double Aperture { get; init; } = 71;
}
