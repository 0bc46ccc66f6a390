using System.Globalization;

namespace Alpaca.Astronomy.Tests;

/// <summary>Sites and times that several tests share.</summary>
internal static class Skies
{
    public static readonly Site MaunaLoa = Site.FromDegrees("Mauna Loa", 19.54, -155.58, 3400);

    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Apparent geocentric place of date: what almanacs print.</summary>
    public static EquatorialPosition Geocentric(Body body, DateTimeOffset time)
    {
        var basis = SkyBasis.Of(MaunaLoa, time, SkyBasis.Fine);
        var (x, y, z) = Ephemeris.Exact(body, basis.TtDays(time));
        var m = basis.Vacuum.BiasPrecessionNutation;
        var v = UnitVector.Normalised(
            (m[0] * x) + (m[1] * y) + (m[2] * z), (m[3] * x) + (m[4] * y) + (m[5] * z), (m[6] * x) + (m[7] * y) + (m[8] * z));
        return new((v.Longitude - Angle.FromRadians(basis.EquationOfOrigins)).Wrapped(), v.Latitude);
    }

    public static void Near(double expected, double actual, double tolerance) => Assert.InRange(actual, expected - tolerance, expected + tolerance);

    public static void Near(DateTimeOffset expected, DateTimeOffset? actual, double seconds)
    {
        Assert.NotNull(actual);
        Assert.InRange(actual.Value, expected.AddSeconds(-seconds), expected.AddSeconds(seconds));
    }
}
