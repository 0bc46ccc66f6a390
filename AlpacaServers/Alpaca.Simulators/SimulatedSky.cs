using Alpaca.Astronomy;

namespace Alpaca.Simulators;

/// <summary>The real sky over the real site: what the simulation's devices measure.</summary>
internal sealed class SimulatedSky(Site site)
{
    /// <summary>Where the observatory stands.</summary>
    public Site Site { get; } = site;

    /// <summary>Degrees, north positive.</summary>
    public double Latitude => Site.Latitude.Degrees;

    /// <summary>Degrees, east positive, -180 to 180.</summary>
    public double Longitude => Site.Longitude.WrappedSigned().Degrees;

    /// <summary>Metres.</summary>
    public double Elevation => Site.Elevation;

    /// <summary>Local apparent sidereal time at a longitude, degrees.</summary>
    public double SiderealTime(DateTimeOffset time, double longitude) =>
        Degrees.Wrap(SkyTransform.At(Site, time).LocalApparentSiderealTime.Degrees + longitude - Longitude);

    /// <summary>Altitude of the Sun's centre without refraction, degrees.</summary>
    public double SunAltitude(DateTimeOffset time) => SkyTransform.At(Site, time).Sun().Geometric.Altitude.Degrees;
}
