namespace Sequencer.Imaging;

/// <summary>An affine map of the plane: x' = Xx x + Xy y + X0, y' = Yx x + Yy y + Y0.</summary>
public readonly record struct PlaneTransform(double Xx, double Xy, double X0, double Yx, double Yy, double Y0)
{
    public static PlaneTransform Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>Determinant: the factor by which areas grow, negative for a mirror image.</summary>
    public double Determinant => Xx * Yy - Xy * Yx;

    /// <summary>Mean scale factor of lengths.</summary>
    public double Scale => Math.Sqrt(Math.Abs(Determinant));

    public bool IsMirrored => Determinant < 0;

    /// <summary>Rotation of the x axis, degrees, from x towards y, -180 to 180.</summary>
    public double RotationDegrees => double.RadiansToDegrees(Math.Atan2(Yx, Xx));

    public (double X, double Y) Apply(double x, double y) => (Xx * x + Xy * y + X0, Yx * x + Yy * y + Y0);

    /// <summary>The map that takes the results back.</summary>
    /// <exception cref="InvalidOperationException">The map is flat.</exception>
    public PlaneTransform Inverse()
    {
        var determinant = Determinant;
        if (determinant == 0)
            throw new InvalidOperationException("A transform that maps the plane onto a line has no inverse.");
        double xx = Yy / determinant, xy = -Xy / determinant, yx = -Yx / determinant, yy = Xx / determinant;
        return new PlaneTransform(xx, xy, -(xx * X0 + xy * Y0), yx, yy, -(yx * X0 + yy * Y0));
    }
}
