namespace Alpaca.Drivers.IOptron;

/// <summary>The mount as it was last looked at.</summary>
/// <param name="Status">What it is doing.</param>
/// <param name="Position">Where it points on the sky.</param>
/// <param name="Horizontal">Where it points over the ground.</param>
/// <param name="At">When.</param>
internal sealed record MountSnapshot(MountStatus Status, MountPosition Position, MountHorizontal Horizontal, DateTimeOffset At)
{
    /// <summary>How far the mount's clock is ahead of ours, as last compared.</summary>
    public TimeSpan ClockError { get; init; }

    /// <summary>The angle to another direction over the ground, degrees: meaningful whether the mount tracks or not.</summary>
    public double AngleTo(MountSnapshot other) => Separation(Horizontal.Azimuth, Horizontal.Altitude, other.Horizontal.Azimuth, other.Horizontal.Altitude);

    /// <summary>The angle between two directions given by longitude and latitude, degrees.</summary>
    public static double Separation(double longitude, double latitude, double otherLongitude, double otherLatitude)
    {
        var (sinA, cosA) = Math.SinCos(latitude * Math.PI / 180);
        var (sinB, cosB) = Math.SinCos(otherLatitude * Math.PI / 180);
        var (sinD, cosD) = Math.SinCos((otherLongitude - longitude) * Math.PI / 180);
        var across = Math.Sqrt(Math.Pow(cosB * sinD, 2) + Math.Pow((cosA * sinB) - (sinA * cosB * cosD), 2));
        return Math.Atan2(across, (sinA * sinB) + (cosA * cosB * cosD)) * 180 / Math.PI;
    }
}
