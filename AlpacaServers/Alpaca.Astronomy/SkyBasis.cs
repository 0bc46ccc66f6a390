using Alpaca.Astronomy.Erfa;

namespace Alpaca.Astronomy;

/// <summary>
/// What of the sky over a site changes slowly: precession, nutation, aberration, refraction constants. It costs about 0.1 ms and is shared by
/// all instants of one span of time. It belongs to the middle of a fixed span, not to whoever asked first, so results never depend on history.
/// </summary>
internal sealed unsafe class SkyBasis
{
    /// <summary>For positions: the error of half a second is below 2e-5".</summary>
    public const long Fine = TimeSpan.TicksPerSecond;

    /// <summary>For rise and set: the error of three hours is below 0.5", 0.04 s of time.</summary>
    public const long Coarse = 6 * TimeSpan.TicksPerHour;

    private const double J2000 = 2451545.0;
    private static readonly long J2000Ticks = new DateTime(2000, 1, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly SkyBasis?[] Cache = new SkyBasis?[256];

    private readonly long _span;
    private readonly long _index;
    private readonly double _ttMinusUtcDays;
    private readonly double _dut1Days;

    private SkyBasis(Site site, long span, long index)
    {
        Site = site;
        _span = span;
        _index = index;
        var middle = new DateTimeOffset(Math.Min((index * span) + (span / 2), DateTime.MaxValue.Ticks), TimeSpan.Zero);
        var scales = TimeScales.At(middle, site.Dut1);
        _ttMinusUtcDays = scales.Tt.Day - scales.Utc.Day + (scales.Tt.Fraction - scales.Utc.Fraction);
        _dut1Days = site.Dut1 / 86400;
        Astrom astrom;
        var status = EraFunctions.Apco13(
            scales.Utc.Day, scales.Utc.Fraction, site.Dut1, site.Longitude.Radians, site.Latitude.Radians, site.Elevation, 0, 0,
            site.Pressure, site.Temperature, site.Humidity, site.Wavelength, &astrom, out var eo);
        ErfaException.Check(status, "eraApco13");
        Refracted = astrom;
        astrom.RefractionA = astrom.RefractionB = 0;
        Vacuum = astrom;
        EquationOfOrigins = eo;
    }

    public Site Site { get; }

    public Astrom Refracted { get; }

    public Astrom Vacuum { get; }

    /// <summary>CIRS right ascension minus that from the equinox (radians).</summary>
    public double EquationOfOrigins { get; }

    /// <summary>The basis of the span in which a time lies.</summary>
    public static SkyBasis Of(Site site, DateTimeOffset time, long span)
    {
        var index = time.UtcTicks / span;
        ref var place = ref Cache[(int)((index + (span == Fine ? 128 : 0)) & 127) + (span == Fine ? 128 : 0)];
        var found = Volatile.Read(ref place);
        if (found is not null && found._index == index && found._span == span && (ReferenceEquals(found.Site, site) || found.Site == site)) return found;
        var made = new SkyBasis(site, span, index);
        Volatile.Write(ref place, made);
        return made;
    }

    /// <summary>Terrestrial time as days from J2000.</summary>
    public double TtDays(DateTimeOffset time) => UtcDays(time) + _ttMinusUtcDays;

    /// <summary>Local Earth rotation angle (radians, not wrapped).</summary>
    public double LocalRotation(DateTimeOffset time) => EraFunctions.Era00(J2000, UtcDays(time) + _dut1Days) + Vacuum.Longitude;

    /// <summary>CIRS place of a fixed star (radians).</summary>
    public void Cirs(SkyPosition star, out double ra, out double dec)
    {
        var astrom = Vacuum;
        double ri, di;
        EraFunctions.Atciqz(star.RightAscension.Radians, star.Declination.Radians, &astrom, &ri, &di);
        (ra, dec) = (ri, di);
    }

    /// <summary>Topocentric apparent place of a body of the solar system: CIRS vector in au.</summary>
    public void Cirs(Body body, DateTimeOffset time, double localRotation, out double x, out double y, out double z)
    {
        var (gx, gy, gz) = Ephemeris.Geocentric(body, TtDays(time));
        var m = Vacuum.BiasPrecessionNutation;
        var pv = stackalloc double[6];
        EraFunctions.Pvtob(Site.Longitude.Radians, Site.Latitude.Radians, Site.Elevation, 0, 0, 0, localRotation - Vacuum.Longitude, pv);
        x = (m[0] * gx) + (m[1] * gy) + (m[2] * gz) - (pv[0] / Ephemeris.AstronomicalUnit);
        y = (m[3] * gx) + (m[4] * gy) + (m[5] * gz) - (pv[1] / Ephemeris.AstronomicalUnit);
        z = (m[6] * gx) + (m[7] * gy) + (m[8] * gz) - (pv[2] / Ephemeris.AstronomicalUnit);
        // The observer's own turning with the Earth: up to 0.3" of aberration.
        var pull = Math.Sqrt((x * x) + (y * y) + (z * z)) / Ephemeris.SpeedOfLight;
        x += pv[3] * pull;
        y += pv[4] * pull;
        z += pv[5] * pull;
    }

    private static double UtcDays(DateTimeOffset time) => (time.UtcTicks - J2000Ticks) / (double)TimeSpan.TicksPerDay;
}
