using Alpaca.Astronomy.Erfa;

namespace Alpaca.Astronomy;

/// <summary>One instant in the time scales of astronomy. UTC before 1960 is taken as it is (ERFA calls it dubious, as it does the far future).</summary>
/// <param name="Utc">Coordinated universal time.</param>
/// <param name="Tai">International atomic time.</param>
/// <param name="Tt">Terrestrial time: the argument of ephemerides.</param>
/// <param name="Ut1">Universal time: the Earth's rotation.</param>
public readonly record struct TimeScales(JulianDate Utc, JulianDate Tai, JulianDate Tt, JulianDate Ut1)
{
    /// <summary>The scales at an instant.</summary>
    /// <param name="time">The instant.</param>
    /// <param name="dut1">UT1 - UTC in seconds.</param>
    public static TimeScales At(DateTimeOffset time, double dut1 = 0)
    {
        var utc = Of(time);
        ErfaException.Check(EraFunctions.Utctai(utc.Day, utc.Fraction, out var tai1, out var tai2), "eraUtctai");
        ErfaException.Check(EraFunctions.Taitt(tai1, tai2, out var tt1, out var tt2), "eraTaitt");
        ErfaException.Check(EraFunctions.Utcut1(utc.Day, utc.Fraction, dut1, out var ut11, out var ut12), "eraUtcut1");
        return new(utc, new(tai1, tai2), new(tt1, tt2), new(ut11, ut12));
    }

    /// <summary>UTC as a Julian date (ERFA's quasi-date on a day with a leap second).</summary>
    public static JulianDate Of(DateTimeOffset time)
    {
        var t = time.UtcDateTime;
        var second = t.TimeOfDay.Ticks % TimeSpan.TicksPerMinute / (double)TimeSpan.TicksPerSecond;
        ErfaException.Check(EraFunctions.Dtf2d("UTC", t.Year, t.Month, t.Day, t.Hour, t.Minute, second, out var d1, out var d2), "eraDtf2d");
        return new(d1, d2);
    }
}
