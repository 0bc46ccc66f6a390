using System.Globalization;

namespace DataServices.Hipercam;

/// <summary>A moment of UTC to the nanosecond, kept as integers: day and nanoseconds of that day.</summary>
/// <param name="MjdDay">Modified Julian Date, whole days.</param>
/// <param name="Nanosecond">Nanoseconds since 0 h of that day, 0 to 86 399 999 999 999.</param>
public readonly record struct UtcInstant(int MjdDay, long Nanosecond)
{
    /// <summary>Nanoseconds of one day.</summary>
    public const long NanosecondsPerDay = 86_400_000_000_000;

    /// <summary>Seconds of one day.</summary>
    public const double SecondsPerDay = 86400;

    /// <summary>MJD 51544: what a reader gives when there is no usable time.</summary>
    public static UtcInstant Year2000 { get; } = new(51544, 0);

    // Day number of .NET (0001-01-01 = 0) of MJD 0, 1858-11-17.
    private const int DotNetDayOfMjdZero = 678575;

    /// <summary>The fraction of the day, 0 up to (not including) 1.</summary>
    public double MjdFraction => Nanosecond / (double)NanosecondsPerDay;

    /// <summary>Modified Julian Date; a double holds it to about a microsecond.</summary>
    public double Mjd => MjdDay + MjdFraction;

    /// <summary>A moment from nanoseconds since 0 h of a day, which may lie in another day.</summary>
    public static UtcInstant FromNanoseconds(int mjdDay, long nanoseconds)
    {
        var days = Math.DivRem(nanoseconds, NanosecondsPerDay, out var rest);
        return rest < 0 ? new((int)(mjdDay + days - 1), rest + NanosecondsPerDay) : new((int)(mjdDay + days), rest);
    }

    /// <summary>MJD of a calendar day.</summary>
    public static int MjdOf(int year, int month, int day) => new DateOnly(year, month, day).DayNumber - DotNetDayOfMjdZero;

    /// <summary>This moment moved by seconds, rounded to the nanosecond.</summary>
    public UtcInstant AddSeconds(double seconds) => FromNanoseconds(MjdDay, Nanosecond + (long)Math.Round(seconds * 1e9));

    /// <summary>Seconds from another moment to this one.</summary>
    public double SecondsSince(UtcInstant other) =>
        (MjdDay - other.MjdDay) * SecondsPerDay + (Nanosecond - other.Nanosecond) * 1e-9;

    /// <summary>ISO 8601 with nine decimals and, as in FITS, no zone: <c>2026-03-14T23:59:58.500000000</c>.</summary>
    public override string ToString()
    {
        var date = DateOnly.FromDayNumber(Math.Clamp(MjdDay + DotNetDayOfMjdZero, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
        var seconds = Math.DivRem(Nanosecond, 1_000_000_000, out var fraction);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{date:yyyy-MM-dd}T{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{fraction:000000000}");
    }
}
