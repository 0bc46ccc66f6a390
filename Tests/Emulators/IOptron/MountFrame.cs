namespace Emulators.IOptron;

/// <summary>How a German mount's axes relate to hour angle, declination, altitude and azimuth. All degrees.</summary>
public static class MountFrame
{
    /// <summary>The sky's turn, degrees of hour angle per second of UTC.</summary>
    public const double SiderealRate = 15 * 1.00273790935 / 3600;

    /// <summary>The axes that look at a direction from the east (looking west) or the west side of the pier.</summary>
    public static AxisAngles ToAxes(double hourAngle, double declination, bool fromWest, bool isNorthern)
    {
        var distance = 90 - (isNorthern ? declination : -declination);
        return fromWest ? new(Signed(hourAngle + 90), -distance) : new(Signed(hourAngle - 90), distance);
    }

    public static (double HourAngle, double Declination) FromAxes(AxisAngles axes, bool isNorthern)
    {
        var (hourAngle, declination) = axes.Secondary < 0 ? (axes.Primary - 90, 90 + axes.Secondary) : (axes.Primary + 90, 90 - axes.Secondary);
        if (declination < -90)
            (hourAngle, declination) = (hourAngle + 180, -180 - declination);
        return (Signed(hourAngle), isNorthern ? declination : -declination);
    }

    public static (double Altitude, double Azimuth) ToHorizon(double hourAngle, double declination, double latitude)
    {
        var (sinH, cosH) = Math.SinCos(hourAngle * Math.PI / 180);
        var (sinD, cosD) = Math.SinCos(declination * Math.PI / 180);
        var (sinL, cosL) = Math.SinCos(latitude * Math.PI / 180);
        var north = (sinD * cosL) - (cosD * cosH * sinL);
        var east = -cosD * sinH;
        var up = (sinD * sinL) + (cosD * cosH * cosL);
        return (Math.Asin(Math.Clamp(up, -1, 1)) * 180 / Math.PI, Turn(Math.Atan2(east, north) * 180 / Math.PI));
    }

    public static (double HourAngle, double Declination) FromHorizon(double altitude, double azimuth, double latitude)
    {
        var (sinA, cosA) = Math.SinCos(azimuth * Math.PI / 180);
        var (sinE, cosE) = Math.SinCos(altitude * Math.PI / 180);
        var (sinL, cosL) = Math.SinCos(latitude * Math.PI / 180);
        var pole = (sinE * sinL) + (cosE * cosA * cosL);
        var west = -cosE * sinA;
        var meridian = (sinE * cosL) - (cosE * cosA * sinL);
        return (Math.Atan2(west, meridian) * 180 / Math.PI, Math.Asin(Math.Clamp(pole, -1, 1)) * 180 / Math.PI);
    }

    /// <summary>Local sidereal time at a longitude, degrees: what a mount's small computer makes of its clock.</summary>
    public static double SiderealTime(DateTimeOffset utc, double longitude)
    {
        var days = (utc - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays;
        return Turn(280.46061837 + (360.98564736629 * days) + longitude);
    }

    /// <summary>0 up to but not including 360.</summary>
    public static double Turn(double degrees)
    {
        var turned = degrees - (360 * Math.Floor(degrees / 360));
        return turned < 360 ? turned : 0;
    }

    /// <summary>-180 up to but not including 180.</summary>
    public static double Signed(double degrees) => Turn(degrees + 180) - 180;
}
