namespace Emulators.IOptron;

/// <summary>
/// Angles of the two axes of a German mount, degrees, or their rates, degrees per second. The primary axis is 0 with the counterweight down and turns with the sky;
/// the secondary is 0 at the pole and positive while the mount is on the east side of its pier, looking west.
/// </summary>
public readonly record struct AxisAngles(double Primary, double Secondary)
{
    public static AxisAngles operator +(AxisAngles a, AxisAngles b) => new(a.Primary + b.Primary, a.Secondary + b.Secondary);

    public static AxisAngles operator -(AxisAngles a, AxisAngles b) => new(a.Primary - b.Primary, a.Secondary - b.Secondary);

    public static AxisAngles operator *(AxisAngles a, double factor) => new(a.Primary * factor, a.Secondary * factor);
}
