namespace Alpaca.Astronomy;

/// <summary>
/// Rise, set, transit and twilight at a site. Altitudes are geometric (no refraction) and topocentric, of the centre of the disc; for sunrise
/// as calendars print it use <see cref="SunriseAltitude"/>. Times are good to a second or better.
/// </summary>
public sealed class Almanac
{
    private const double SiderealRate = 1.00273781191135448 * Math.Tau / TimeSpan.TicksPerDay;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public Almanac(Site site)
    {
        ArgumentNullException.ThrowIfNull(site);
        Site = site;
    }

    /// <summary>Altitude of the Sun's centre at sunrise and sunset: 34' of refraction and 16' of radius.</summary>
    public static Angle SunriseAltitude { get; } = Angle.FromDegrees(-50.0 / 60);

    public static Angle CivilTwilight { get; } = Angle.FromDegrees(-6);

    public static Angle NauticalTwilight { get; } = Angle.FromDegrees(-12);

    public static Angle AstronomicalTwilight { get; } = Angle.FromDegrees(-18);

    public Site Site { get; }

    /// <summary>Geometric altitude of Sun or Moon.</summary>
    public Angle Altitude(Body body, DateTimeOffset time)
    {
        Place(body, time, out var ra, out var dec, out var rotation);
        return Angle.FromRadians(AltitudeAt(rotation - ra, dec));
    }

    /// <summary>Geometric altitude of a star.</summary>
    public Angle Altitude(SkyPosition star, DateTimeOffset time)
    {
        Place(star, time, out var ra, out var dec, out var rotation);
        return Angle.FromRadians(AltitudeAt(rotation - ra, dec));
    }

    /// <summary>Altitude of a star on the upper meridian.</summary>
    public Angle CulminationAltitude(SkyPosition star, DateTimeOffset time)
    {
        Place(star, time, out _, out var dec, out _);
        return Angle.FromRadians(AltitudeAt(0, dec));
    }

    /// <summary>The next time Sun or Moon passes an altitude, or null if it does not within <paramref name="within"/> (two days if not given).</summary>
    public DateTimeOffset? Next(Body body, Crossing crossing, Angle altitude, DateTimeOffset from, TimeSpan? within = null) =>
        CrossingSearch.Next(time => Altitude(body, time).Radians - altitude.Radians, crossing == Crossing.Rising, from, within ?? (2 * Day), forward: true);

    /// <summary>The last time Sun or Moon passed an altitude, or null.</summary>
    public DateTimeOffset? Previous(Body body, Crossing crossing, Angle altitude, DateTimeOffset from, TimeSpan? within = null) =>
        CrossingSearch.Next(time => Altitude(body, time).Radians - altitude.Radians, crossing == Crossing.Rising, from, within ?? (2 * Day), forward: false);

    /// <summary>The next time a star passes an altitude, or null if it never does (always above or always below).</summary>
    public DateTimeOffset? Next(SkyPosition star, Crossing crossing, Angle altitude, DateTimeOffset from) => Star(star, crossing, altitude, from, forward: true);

    /// <summary>The last time a star passed an altitude, or null if it never does.</summary>
    public DateTimeOffset? Previous(SkyPosition star, Crossing crossing, Angle altitude, DateTimeOffset from) => Star(star, crossing, altitude, from, forward: false);

    /// <summary>The next time a star crosses the upper meridian.</summary>
    public DateTimeOffset NextTransit(SkyPosition star, DateTimeOffset from) => Star(star, null, default, from, forward: true)!.Value;

    /// <summary>The last time a star crossed the upper meridian.</summary>
    public DateTimeOffset PreviousTransit(SkyPosition star, DateTimeOffset from) => Star(star, null, default, from, forward: false)!.Value;

    /// <summary>The next time Sun or Moon crosses the upper meridian.</summary>
    public DateTimeOffset NextTransit(Body body, DateTimeOffset from) => Transit(body, from, forward: true);

    /// <summary>The last time Sun or Moon crossed the upper meridian.</summary>
    public DateTimeOffset PreviousTransit(Body body, DateTimeOffset from) => Transit(body, from, forward: false);

    /// <summary>The date of the evening to which a time belongs: noon to noon by the mean solar time of the site.</summary>
    public DateOnly EveningOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime.AddDays(SolarOffsetDays - 0.5));

    /// <summary>The night that begins on an evening, or null when the Sun never gets below the altitude.</summary>
    /// <param name="evening">Date of the evening at the site.</param>
    /// <param name="altitude">Altitude of the Sun that bounds it; astronomical twilight if not given.</param>
    public Night? NightOf(DateOnly evening, Angle? altitude = null)
    {
        var sun = altitude ?? AstronomicalTwilight;
        var noon = new DateTimeOffset(evening.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero).AddDays(-SolarOffsetDays);
        var end = noon + Day;
        var set = Altitude(Body.Sun, noon) < sun ? noon : Next(Body.Sun, Crossing.Setting, sun, noon, Day);
        if (set is not { } start) return null;
        return new Night(evening, start, Next(Body.Sun, Crossing.Rising, sun, start, end - start) ?? end);
    }

    /// <summary>The next time the Moon's elongation reaches an angle: 0 new moon, 90 first quarter, 180 full moon, 270 degrees last quarter.</summary>
    public DateTimeOffset NextMoonPhase(Angle elongation, DateTimeOffset from)
    {
        var time = from;
        for (var round = 0; round < 12; round++)
        {
            var left = elongation - Astronomy.MoonPhase.At(SkyBasis.Of(Site, time, SkyBasis.Coarse).TtDays(time)).Elongation;
            var days = (round == 0 ? left.Wrapped() : left.WrappedSigned()).Degrees * (29.530588 / 360);
            time += TimeSpan.FromDays(days);
            if (Math.Abs(days) < 0.5 / 86400) break;
        }
        return time;
    }

    private double SolarOffsetDays => Site.Longitude.WrappedSigned().Degrees / 360;

    private DateTimeOffset? Star(SkyPosition star, Crossing? crossing, Angle altitude, DateTimeOffset from, bool forward)
    {
        // The star hardly moves in a day: from the hour angle now to the one wanted, then corrected for the little that it did move.
        var time = from;
        for (var round = 0; round < 3; round++)
        {
            Place(star, time, out var ra, out var dec, out var rotation);
            double wanted = 0;
            if (crossing is { } way)
            {
                if (HourAngleAt(altitude.Radians, dec) is not { } hourAngle) return null;
                wanted = way == Crossing.Setting ? hourAngle : -hourAngle;
            }
            var left = Angle.FromRadians(wanted - (rotation - ra));
            var turn = round > 0 ? left.WrappedSigned().Radians : forward ? left.Wrapped().Radians : left.Wrapped().Radians - Math.Tau;
            time = time.AddTicks((long)Math.Round(turn / SiderealRate));
        }
        return time;
    }

    private DateTimeOffset Transit(Body body, DateTimeOffset from, bool forward)
    {
        var time = from;
        for (var round = 0; round < 10; round++)
        {
            Place(body, time, out var ra, out _, out var rotation);
            var left = Angle.FromRadians(ra - rotation);
            var turn = round > 0 ? left.WrappedSigned().Radians : forward ? left.Wrapped().Radians : left.Wrapped().Radians - Math.Tau;
            time = time.AddTicks((long)Math.Round(turn / SiderealRate));
        }
        return time;
    }

    private double? HourAngleAt(double altitude, double dec)
    {
        var (sinP, cosP) = Math.SinCos(Site.Latitude.Radians);
        var (sinD, cosD) = Math.SinCos(dec);
        var cos = (Math.Sin(altitude) - (sinP * sinD)) / (cosP * cosD);
        return cos is >= -1 and <= 1 ? Math.Acos(cos) : null;
    }

    private double AltitudeAt(double hourAngle, double dec)
    {
        var (sinP, cosP) = Math.SinCos(Site.Latitude.Radians);
        var (sinD, cosD) = Math.SinCos(dec);
        return Math.Asin(Math.Clamp((sinP * sinD) + (cosP * cosD * Math.Cos(hourAngle)), -1, 1));
    }

    private void Place(SkyPosition star, DateTimeOffset time, out double ra, out double dec, out double rotation)
    {
        var basis = SkyBasis.Of(Site, time, SkyBasis.Coarse);
        rotation = basis.LocalRotation(time);
        basis.Cirs(star, out ra, out dec);
    }

    private void Place(Body body, DateTimeOffset time, out double ra, out double dec, out double rotation)
    {
        var basis = SkyBasis.Of(Site, time, SkyBasis.Coarse);
        rotation = basis.LocalRotation(time);
        basis.Cirs(body, time, rotation, out var x, out var y, out var z);
        ra = Math.Atan2(y, x);
        dec = Math.Atan2(z, Math.Sqrt((x * x) + (y * y)));
    }
}
