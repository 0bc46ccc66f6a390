using Alpaca.Contract;

namespace Alpaca.Simulators.Mount;

/// <summary>Rates at which the sky turns, degrees of hour angle per SI second.</summary>
internal static class SiderealRate
{
    /// <summary>Sidereal seconds in an SI second (IERS: the Earth's turn of 86164.0905 s).</summary>
    public const double SecondsPerSecond = 1.00273790935;

    /// <summary>The stars.</summary>
    public const double DegreesPerSecond = 15 * SecondsPerSecond / 3600;

    /// <summary>The rate a drive follows: ASCOM's own figures for Moon, Sun and King, arcseconds per second.</summary>
    public static double Of(DriveRate rate) => rate switch
    {
        DriveRate.Lunar => 14.685 / 3600,
        DriveRate.Solar => 15.0 / 3600,
        DriveRate.King => 15.0369 / 3600,
        _ => DegreesPerSecond,
    };
}
