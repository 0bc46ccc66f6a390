namespace Alpaca.Astronomy;

/// <summary>The equatorial coordinate systems of a telescope, with ASCOM's numbers.</summary>
public enum EquatorialSystem
{
    /// <summary>Unknown or custom: treated as <see cref="Topocentric"/>.</summary>
    Other = 0,

    /// <summary>Equator and equinox of date, as seen from the site.</summary>
    Topocentric = 1,

    /// <summary>J2000, here the same as ICRS (they differ by 0.02").</summary>
    J2000 = 2,

    /// <summary>Mean equator and equinox of 2050.0.</summary>
    J2050 = 3,

    /// <summary>FK4, mean equator and equinox of B1950.0.</summary>
    B1950 = 4,
}
