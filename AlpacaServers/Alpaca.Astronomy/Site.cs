namespace Alpaca.Astronomy;

/// <summary>A place on Earth to observe from, with the air above it.</summary>
public sealed record Site
{
    private readonly Angle _latitude;
    private readonly Angle _longitude;
    private readonly double? _pressure;
    private readonly double _dut1;
    private readonly double _humidity = 0.5;

    public Site(string name, Angle latitude, Angle longitude, double elevation)
    {
        Name = name;
        Latitude = latitude;
        Longitude = longitude;
        if (!(elevation is >= -500 and <= 10000)) throw new ArgumentOutOfRangeException(nameof(elevation), elevation, "The elevation of a site is -500 to 10000 m above sea level.");
        Elevation = elevation;
    }

    /// <summary>Name, for people.</summary>
    public string Name { get; init; }

    /// <summary>Geodetic latitude (WGS84), north positive, -90 to 90 degrees.</summary>
    public Angle Latitude
    {
        get => _latitude;
        init => _latitude = Math.Abs(value.Degrees) <= 90.0000001 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The latitude of a site is -90 to 90 degrees, north positive.");
    }

    /// <summary>Longitude, east positive, -180 to 360 degrees.</summary>
    public Angle Longitude
    {
        get => _longitude;
        init => _longitude = value.Degrees is >= -180.0000001 and <= 360.0000001 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The longitude of a site is -180 to 180 degrees, east positive.");
    }

    /// <summary>Height above sea level in metres.</summary>
    public double Elevation { get; }

    /// <summary>Air pressure at the site in hPa; if not set, that of the standard atmosphere at this elevation.</summary>
    public double Pressure
    {
        get => _pressure ?? 1013.25 * Math.Pow(1 - (2.25577e-5 * Elevation), 5.25588);
        init => _pressure = value is >= 0 and <= 1200 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Air pressure is 0 to 1200 hPa.");
    }

    /// <summary>Air temperature in degrees Celsius.</summary>
    public double Temperature { get; init; } = 10;

    /// <summary>Relative humidity, 0 to 1.</summary>
    public double Humidity
    {
        get => _humidity;
        init => _humidity = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Relative humidity is 0 to 1.");
    }

    /// <summary>Wavelength observed at, in micrometres (refraction depends on it a little).</summary>
    public double Wavelength { get; init; } = 0.55;

    /// <summary>UT1 - UTC in seconds, from IERS Bulletin A. 0.1 s is 1.5" of sky.</summary>
    public double Dut1
    {
        get => _dut1;
        init => _dut1 = value is >= -1 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "UT1 - UTC is -1 to 1 s.");
    }

    /// <summary>A site from degrees (longitude east positive) and metres.</summary>
    public static Site FromDegrees(string name, double latitude, double longitude, double elevation) =>
        new(name, Angle.FromDegrees(latitude), Angle.FromDegrees(longitude), elevation);
}
