using Alpaca.Astronomy.Erfa;

namespace Alpaca.Astronomy;

/// <summary>
/// Where Sun and Moon appear from the centre of the Earth: GCRS vectors in au, light-time included. Computed by ERFA at fixed nodes (every
/// 6 h for the Sun, 1 h for the Moon) and interpolated by a cubic between them, which costs 1e-4" and saves 140 us each time.
/// </summary>
internal static unsafe class Ephemeris
{
    /// <summary>Metres.</summary>
    public const double AstronomicalUnit = 149597870700;

    /// <summary>Metres per second.</summary>
    public const double SpeedOfLight = 299792458;

    private const double J2000 = 2451545.0;
    private const double LightDaysPerAu = AstronomicalUnit / SpeedOfLight / 86400;
    private static readonly Node?[] SunNodes = new Node?[128];
    private static readonly Node?[] MoonNodes = new Node?[512];

    /// <summary>Apparent geocentric vector in au at a terrestrial time in days from J2000.</summary>
    public static (double X, double Y, double Z) Geocentric(Body body, double ttDays)
    {
        var (nodes, perDay) = body == Body.Sun ? (SunNodes, 4) : (MoonNodes, 24);
        var position = ttDays * perDay;
        var first = (long)Math.Floor(position);
        var u = position - first;
        var a = At(nodes, body, perDay, first - 1);
        var b = At(nodes, body, perDay, first);
        var c = At(nodes, body, perDay, first + 1);
        var d = At(nodes, body, perDay, first + 2);
        var wa = -u * (u - 1) * (u - 2) / 6;
        var wb = (u + 1) * (u - 1) * (u - 2) / 2;
        var wc = -(u + 1) * u * (u - 2) / 2;
        var wd = (u + 1) * u * (u - 1) / 6;
        return (
            (wa * a.X) + (wb * b.X) + (wc * c.X) + (wd * d.X),
            (wa * a.Y) + (wb * b.Y) + (wc * c.Y) + (wd * d.Y),
            (wa * a.Z) + (wb * b.Z) + (wc * c.Z) + (wd * d.Z));
    }

    /// <summary>The same without interpolation.</summary>
    public static (double X, double Y, double Z) Exact(Body body, double ttDays)
    {
        var now = Geometric(body, ttDays);
        var distance = Math.Sqrt((now.X * now.X) + (now.Y * now.Y) + (now.Z * now.Z));
        // Earth and body both at t - light-time: that contains the annual aberration. Retarding the Sun alone would be 20.5" off.
        return Geometric(body, ttDays - (distance * LightDaysPerAu));
    }

    private static (double X, double Y, double Z) Geometric(Body body, double ttDays)
    {
        var pv = stackalloc double[6];
        if (body == Body.Moon)
        {
            EraFunctions.Moon98(J2000, ttDays, pv);
            return (pv[0], pv[1], pv[2]);
        }
        var barycentric = stackalloc double[6];
        ErfaException.Check(EraFunctions.Epv00(J2000, ttDays, pv, barycentric), "eraEpv00");
        return (-pv[0], -pv[1], -pv[2]);
    }

    private static Node At(Node?[] nodes, Body body, int perDay, long index)
    {
        ref var place = ref nodes[index & (nodes.Length - 1)];
        var found = Volatile.Read(ref place);
        if (found is not null && found.Index == index) return found;
        var (x, y, z) = Exact(body, index / (double)perDay);
        var made = new Node(index, x, y, z);
        Volatile.Write(ref place, made);
        return made;
    }

    private sealed record Node(long Index, double X, double Y, double Z);
}
