namespace Alpaca.Simulators.Enclosure;

/// <summary>Whatever stands between the tube and the sky: what cameras need to know of a dome.</summary>
internal interface IEnclosure
{
    /// <summary>Share of the light from a direction (degrees) that got through the opening at a time, 0 to 1.</summary>
    double OpennessTowards(double altitude, double azimuth, DateTimeOffset time);
}
