using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Mount;

/// <summary>What keeps a mount from pointing where its encoders say. None of it shows in the coordinates the mount reports.</summary>
public sealed record MountErrors
{
    [Option("Azimuth of the polar axis (for alt-azimuth mounts, of the vertical axis' north mark) east of true.", Unit = "arcmin", Minimum = -600, Maximum = 600)]
    public double AxisAzimuth { get; init; } = 5;

    [Option("Altitude of the polar axis above the true pole.", Unit = "arcmin", Minimum = -600, Maximum = 600)]
    public double AxisAltitude { get; init; } = 3;

    [Option("Angle by which the tube is not perpendicular to the declination axis.", Unit = "arcmin", Minimum = -600, Maximum = 600)]
    public double Cone { get; init; } = 4;

    [Option("Amplitude of the worm's periodic error on the primary axis.", Unit = "arcsec", Minimum = 0, Maximum = 600)]
    public double PeriodicAmplitude { get; init; } = 12;

    [Option("Time of one turn of the worm at sidereal rate.", Unit = "s", Minimum = 10, Maximum = 10000)]
    public double PeriodicPeriod { get; init; } = 480;

    /// <summary>A mount that points where it says.</summary>
    public static MountErrors None { get; } = new() { AxisAzimuth = 0, AxisAltitude = 0, Cone = 0, PeriodicAmplitude = 0 };

    /// <summary>The periodic error at an angle of the primary axis: a property of the worm's turn, not of time. Degrees.</summary>
    public double PeriodicAt(double primary)
    {
        var degreesPerTurn = PeriodicPeriod * SiderealRate.DegreesPerSecond;
        return PeriodicAmplitude / 3600 * Math.Sin(2 * Math.PI * primary / degreesPerTurn);
    }
}
