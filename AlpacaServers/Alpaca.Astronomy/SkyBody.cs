namespace Alpaca.Astronomy;

/// <summary>Sun or Moon as seen from a site: the centre of the disc, parallax and light-time included.</summary>
/// <param name="Icrs">Where a star would have to be to be seen at the same place: compare this with targets.</param>
/// <param name="Apparent">Place of date.</param>
/// <param name="Geometric">Altitude and azimuth without refraction.</param>
/// <param name="Refracted">Altitude and azimuth through the air.</param>
/// <param name="Distance">Distance from the site in kilometres.</param>
/// <param name="SemiDiameter">Angular radius of the disc.</param>
public readonly record struct SkyBody(
    SkyPosition Icrs, EquatorialPosition Apparent, HorizontalPosition Geometric, HorizontalPosition Refracted, double Distance, Angle SemiDiameter);
