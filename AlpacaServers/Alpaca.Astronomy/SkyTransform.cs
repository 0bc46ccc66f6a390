using Alpaca.Astronomy.Erfa;

namespace Alpaca.Astronomy;

/// <summary>
/// The sky over a site at one instant: ICRS to the apparent place of date, to altitude and azimuth, and back. Cheap to make (microseconds
/// within a second of the last one at the site, 0.1 ms otherwise) and about 0.5 us per star.
/// </summary>
public sealed unsafe class SkyTransform
{
    private readonly SkyBasis _basis;
    private readonly Astrom _vacuum;
    private readonly Astrom _refracted;

    private SkyTransform(SkyBasis basis, DateTimeOffset time)
    {
        _basis = basis;
        Time = time;
        Scales = TimeScales.At(time, basis.Site.Dut1);
        var astrom = basis.Vacuum;
        EraFunctions.Aper13(Scales.Ut1.Day, Scales.Ut1.Fraction, &astrom);
        _vacuum = astrom;
        astrom.RefractionA = basis.Refracted.RefractionA;
        astrom.RefractionB = basis.Refracted.RefractionB;
        _refracted = astrom;
    }

    /// <summary>Where the observer is.</summary>
    public Site Site => _basis.Site;

    /// <summary>The instant.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The instant in the time scales of astronomy.</summary>
    public TimeScales Scales { get; }

    /// <summary>Local apparent sidereal time: the right ascension (of date) on the meridian.</summary>
    public Angle LocalApparentSiderealTime => Angle.FromRadians(_vacuum.LocalRotation - _basis.EquationOfOrigins).Wrapped();

    /// <summary>Greenwich apparent sidereal time.</summary>
    public Angle GreenwichApparentSiderealTime =>
        Angle.FromRadians(EraFunctions.Gst06a(Scales.Ut1.Day, Scales.Ut1.Fraction, Scales.Tt.Day, Scales.Tt.Fraction)).Wrapped();

    /// <summary>Greenwich mean sidereal time (IAU 2006).</summary>
    public Angle GreenwichMeanSiderealTime =>
        Angle.FromRadians(EraFunctions.Gmst06(Scales.Ut1.Day, Scales.Ut1.Fraction, Scales.Tt.Day, Scales.Tt.Fraction)).Wrapped();

    /// <summary>Local mean sidereal time.</summary>
    public Angle LocalMeanSiderealTime => (GreenwichMeanSiderealTime + Site.Longitude).Wrapped();

    /// <summary>The sky over a site at an instant.</summary>
    public static SkyTransform At(Site site, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(site);
        return new SkyTransform(SkyBasis.Of(site, time, SkyBasis.Fine), time);
    }

    /// <summary>ICRS to the place of date (JNow): what the circles of a perfect mount show.</summary>
    public EquatorialPosition Apparent(SkyPosition star)
    {
        var (ra, dec) = Cirs(star);
        return FromCirs(ra, dec);
    }

    /// <summary>Altitude and azimuth of a star.</summary>
    /// <param name="star">ICRS place.</param>
    /// <param name="refraction">True for where it is seen through the air, false for the geometric direction.</param>
    public HorizontalPosition Observed(SkyPosition star, bool refraction = false)
    {
        var (ra, dec) = Cirs(star);
        return Horizontal(ra, dec, refraction);
    }

    /// <summary>Altitude and azimuth of a place of date.</summary>
    public HorizontalPosition Observed(EquatorialPosition place, bool refraction = false) =>
        Horizontal(place.RightAscension.Radians + _basis.EquationOfOrigins, place.Declination.Radians, refraction);

    /// <summary>Altitudes and azimuths of many stars.</summary>
    public void Observed(ReadOnlySpan<SkyPosition> stars, Span<HorizontalPosition> observed, bool refraction = false)
    {
        if (observed.Length < stars.Length) throw new ArgumentException("There is less room than there are stars.", nameof(observed));
        var vacuum = _vacuum;
        var air = refraction ? _refracted : _vacuum;
        double ri, di, azimuth, zenith, h, d, r;
        for (var i = 0; i < stars.Length; i++)
        {
            EraFunctions.Atciqz(stars[i].RightAscension.Radians, stars[i].Declination.Radians, &vacuum, &ri, &di);
            EraFunctions.Atioq(ri, di, &air, &azimuth, &zenith, &h, &d, &r);
            observed[i] = new(Angle.FromRadians((Math.PI / 2) - zenith), Angle.FromRadians(azimuth));
        }
    }

    /// <summary>Places of date of many stars.</summary>
    public void Apparent(ReadOnlySpan<SkyPosition> stars, Span<EquatorialPosition> apparent)
    {
        if (apparent.Length < stars.Length) throw new ArgumentException("There is less room than there are stars.", nameof(apparent));
        var vacuum = _vacuum;
        double ri, di;
        for (var i = 0; i < stars.Length; i++)
        {
            EraFunctions.Atciqz(stars[i].RightAscension.Radians, stars[i].Declination.Radians, &vacuum, &ri, &di);
            apparent[i] = FromCirs(ri, di);
        }
    }

    /// <summary>The ICRS place seen at a place of date.</summary>
    public SkyPosition Icrs(EquatorialPosition place) =>
        IcrsOfCirs(place.RightAscension.Radians + _basis.EquationOfOrigins, place.Declination.Radians);

    /// <summary>The ICRS place seen in a direction.</summary>
    public SkyPosition Icrs(HorizontalPosition direction, bool refraction = false)
    {
        var (ra, dec) = CirsOf(direction, refraction);
        return IcrsOfCirs(ra, dec);
    }

    /// <summary>The place of date seen in a direction.</summary>
    public EquatorialPosition Apparent(HorizontalPosition direction, bool refraction = false)
    {
        var (ra, dec) = CirsOf(direction, refraction);
        return FromCirs(ra, dec);
    }

    /// <summary>Hour angle of a place of date, -12 to 12 h, west positive.</summary>
    public Angle HourAngle(EquatorialPosition place) => (LocalApparentSiderealTime - place.RightAscension).WrappedSigned();

    /// <summary>Angle at a place of date from the pole to the zenith, positive in the west.</summary>
    public Angle ParallacticAngle(EquatorialPosition place)
    {
        var (sinH, cosH) = Math.SinCos(HourAngle(place).Radians);
        var (sinP, cosP) = Math.SinCos(Site.Latitude.Radians);
        var (sinD, cosD) = Math.SinCos(place.Declination.Radians);
        return Angle.FromRadians(Math.Atan2(cosP * sinH, (sinP * cosD) - (cosP * sinD * cosH)));
    }

    /// <summary>ICRS to one of the systems a telescope may speak.</summary>
    public EquatorialPosition ToSystem(SkyPosition star, EquatorialSystem system) =>
        system is EquatorialSystem.Other or EquatorialSystem.Topocentric ? Apparent(star) : MeanPlaces.FromIcrs(star, system);

    /// <summary>One of the systems a telescope may speak to ICRS.</summary>
    public SkyPosition FromSystem(EquatorialPosition place, EquatorialSystem system) =>
        system is EquatorialSystem.Other or EquatorialSystem.Topocentric ? Icrs(place) : MeanPlaces.ToIcrs(place, system);

    /// <summary>The Sun as seen from the site.</summary>
    public SkyBody Sun() => Seen(Body.Sun);

    /// <summary>The Moon as seen from the site.</summary>
    public SkyBody Moon() => Seen(Body.Moon);

    /// <summary>How much of the Moon is lit.</summary>
    public MoonPhase MoonPhase() => Astronomy.MoonPhase.At(_basis.TtDays(Time));

    private SkyBody Seen(Body body)
    {
        _basis.Cirs(body, Time, _vacuum.LocalRotation, out var x, out var y, out var z);
        var direction = UnitVector.Normalised(x, y, z);
        var (ra, dec) = (direction.Longitude.Radians, direction.Latitude.Radians);
        var metres = Math.Sqrt((x * x) + (y * y) + (z * z)) * Ephemeris.AstronomicalUnit;
        return new SkyBody(
            IcrsOfCirs(ra, dec), FromCirs(ra, dec), Horizontal(ra, dec, refraction: false), Horizontal(ra, dec, refraction: true), metres / 1000,
            Angle.FromRadians(Math.Asin((body == Body.Sun ? 695_700e3 : 1_737.4e3) / metres)));
    }

    private (double Ra, double Dec) Cirs(SkyPosition star)
    {
        var astrom = _vacuum;
        double ri, di;
        EraFunctions.Atciqz(star.RightAscension.Radians, star.Declination.Radians, &astrom, &ri, &di);
        return (ri, di);
    }

    private (double Ra, double Dec) CirsOf(HorizontalPosition direction, bool refraction)
    {
        var astrom = refraction ? _refracted : _vacuum;
        double ri, di;
        EraFunctions.Atoiq("A", direction.Azimuth.Radians, (Math.PI / 2) - direction.Altitude.Radians, &astrom, &ri, &di);
        return (ri, di);
    }

    private SkyPosition IcrsOfCirs(double ra, double dec)
    {
        var astrom = _vacuum;
        double rc, dc;
        EraFunctions.Aticq(ra, dec, &astrom, &rc, &dc);
        return new(Angle.FromRadians(rc).Wrapped(), Angle.FromRadians(dc));
    }

    private HorizontalPosition Horizontal(double ra, double dec, bool refraction)
    {
        var astrom = refraction ? _refracted : _vacuum;
        double azimuth, zenith, h, d, r;
        EraFunctions.Atioq(ra, dec, &astrom, &azimuth, &zenith, &h, &d, &r);
        return new(Angle.FromRadians((Math.PI / 2) - zenith), Angle.FromRadians(azimuth).Wrapped());
    }

    private EquatorialPosition FromCirs(double ra, double dec) =>
        new(Angle.FromRadians(ra - _basis.EquationOfOrigins).Wrapped(), Angle.FromRadians(dec));
}
