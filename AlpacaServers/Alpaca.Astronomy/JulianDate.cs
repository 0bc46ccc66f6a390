namespace Alpaca.Astronomy;

/// <summary>A Julian date in two parts, whose sum is the date; splitting keeps it exact to the nanosecond.</summary>
public readonly record struct JulianDate(double Day, double Fraction)
{
    /// <summary>The Julian date (exact to 0.04 ms).</summary>
    public double Value => Day + Fraction;

    /// <summary>The modified Julian date, JD - 2400000.5 (exact to 1 us).</summary>
    public double Modified => Day - 2400000.5 + Fraction;
}
