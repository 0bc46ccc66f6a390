using System.Globalization;

namespace Alpaca.Astronomy;

/// <summary>A direction at a site: altitude above the horizon, azimuth from north through east, [0, 360) degrees.</summary>
public readonly record struct HorizontalPosition(Angle Altitude, Angle Azimuth)
{
    public static HorizontalPosition FromDegrees(double altitude, double azimuth) => new(Angle.FromDegrees(altitude), Angle.FromDegrees(azimuth));

    /// <summary>Great-circle distance to another direction.</summary>
    public Angle Separation(HorizontalPosition other) =>
        UnitVector.From(Azimuth, Altitude).Separation(UnitVector.From(other.Azimuth, other.Altitude));

    /// <summary>For messages.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"altitude {Altitude.Degrees:0.00} deg, azimuth {Azimuth.Degrees:0.00} deg");
}
