using Alpaca.Contract;
using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Mount;

/// <summary>The simulated mount and the tube on it.</summary>
public sealed record MountOptions : DeviceOptions
{
    [Option("How it is built: a German equatorial mount, an equatorial fork, or alt-azimuth.", Choices = ["german=GermanPolar", "fork=Polar", "altaz=AltAz"])]
    public AlignmentMode Alignment { get; init; } = AlignmentMode.GermanPolar;

    [Option("Speed of slews on each axis.", Unit = "deg/s", Minimum = 0.05, Maximum = 90)]
    public double SlewSpeed { get; init; } = 4;

    [Option("The highest rate of MoveAxis.", Unit = "deg/s", Minimum = 0.01, Maximum = 90)]
    public double HighestMoveRate { get; init; } = 4;

    [Option("Rate of guide pulses on both axes, times sidereal.", Minimum = 0.01, Maximum = 2)]
    public double GuideRate { get; init; } = 0.5;

    [Option("What keeps the mount from pointing where it says.", Advanced = true)]
    public MountErrors Errors { get; init; } = new();

    [Option("Focal length of the main tube: what the telescope reports, and what cameras see through unless they have their own.", Unit = "mm", Minimum = 5, Maximum = 100000)]
    public double FocalLength { get; init; } = 200;

    [Option("Aperture of the main tube.", Unit = "mm", Minimum = 1, Maximum = 20000)]
    public double Aperture { get; init; } = 71;
}
