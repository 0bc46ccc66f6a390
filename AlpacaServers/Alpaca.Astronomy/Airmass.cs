namespace Alpaca.Astronomy;

/// <summary>Relative path through the air, 1 at the zenith, from the apparent altitude. Infinite below the horizon.</summary>
public static class Airmass
{
    /// <summary>sec z: the plane-parallel atmosphere, the formula of the FITS headers. 1 % too high at altitude 16 degrees; infinite at the horizon.</summary>
    public static double Secant(Angle altitude) => altitude.Radians <= 0 ? double.PositiveInfinity : 1 / Math.Sin(Math.Min(altitude.Radians, Math.PI / 2));

    /// <summary>Pickering (2002): good down to the horizon, where it is 38.7.</summary>
    public static double Pickering(Angle altitude)
    {
        var h = altitude.Degrees;
        return h < 0 ? double.PositiveInfinity : 1 / Math.Sin((h + (244 / (165 + (47 * Math.Pow(h, 1.1))))) * (Math.PI / 180));
    }

    /// <summary>Kasten and Young (1989): 37.9 at the horizon.</summary>
    public static double KastenYoung(Angle altitude)
    {
        var h = altitude.Degrees;
        return h < 0 ? double.PositiveInfinity : 1 / (Math.Sin(altitude.Radians) + (0.50572 * Math.Pow(h + 6.07995, -1.6364)));
    }
}
