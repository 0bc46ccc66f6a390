namespace Alpaca.Simulators.Mount;

/// <summary>What keeps a mount from pointing where its encoders say. None of it shows in the coordinates the mount reports.</summary>
public sealed record MountErrors
{
    /// <summary>Azimuth of the polar axis (of the vertical axis' north mark for alt-azimuth mounts), arcminutes east of true.</summary>
    public double AxisAzimuth { get; init; } = 5;

    /// <summary>Altitude of the polar axis above the true pole, arcminutes.</summary>
    public double AxisAltitude { get; init; } = 3;

    /// <summary>Angle by which the tube is not perpendicular to the declination axis, arcminutes.</summary>
    public double Cone { get; init; } = 4;

    /// <summary>Amplitude of the worm's periodic error on the primary axis, arcseconds.</summary>
    public double PeriodicAmplitude { get; init; } = 12;

    /// <summary>Time of one turn of the worm at sidereal rate, seconds.</summary>
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
