using Alpaca.Astronomy;

namespace Sequencer.Core.Configuration;

/// <summary>Where the observatory stands, and its horizons.</summary>
public sealed record LocationOptions
{
    /// <summary>Name of the site.</summary>
    public string Name { get; init; } = "Mauna Loa Observatory";

    /// <summary>Geodetic latitude, degrees, north positive, −90 to 90.</summary>
    public double LatitudeDegrees { get; init; } = 19.54;

    /// <summary>Longitude, degrees, east positive, −180 to 180.</summary>
    public double LongitudeDegrees { get; init; } = -155.58;

    /// <summary>Height above sea level, metres.</summary>
    public double ElevationMetres { get; init; } = 3400;

    /// <summary>Air pressure at the site, hectopascal (680 hPa at 3400 m). Zero means no refraction.</summary>
    public double PressureHectopascal { get; init; } = 680;

    /// <summary>No target is observed below this altitude, degrees.</summary>
    public double HorizonDegrees { get; init; } = 30;

    /// <summary>Flats are taken with the Sun between this altitude and the focus horizon, degrees.</summary>
    public double FlatHorizonDegrees { get; init; } = -6;

    /// <summary>Focusing may begin with the Sun below this, degrees.</summary>
    public double FocusHorizonDegrees { get; init; } = -12;

    /// <summary>Observing may begin with the Sun below this, degrees.</summary>
    public double ObserveHorizonDegrees { get; init; } = -18;

    /// <summary>Trees and walls: each an ordered list of at least two points.</summary>
    public IReadOnlyList<IReadOnlyList<HorizonPoint>> Obstructions { get; init; } = [];

    /// <summary>IANA time zone, for what is shown to people. All files are in UTC.</summary>
    public string Timezone { get; init; } = "US/Hawaii";

    /// <summary>Offset of the mount's clock from UTC, minutes.</summary>
    public double GmtOffsetMinutes { get; init; } = -600;

    /// <summary>The site for computing with.</summary>
    public Site Site() => Alpaca.Astronomy.Site.FromDegrees(Name, LatitudeDegrees, LongitudeDegrees, ElevationMetres) with { Pressure = PressureHectopascal };

    /// <summary>The Sun altitude below which a named horizon (<c>observe</c>, <c>focus</c>, <c>flat</c>) counts as dark, degrees; −18 for an unknown name.</summary>
    public double SunHorizonDegrees(string name) => name switch
    {
        "observe" => ObserveHorizonDegrees,
        "focus" => FocusHorizonDegrees,
        "flat" => FlatHorizonDegrees,
        _ => -18,
    };
}
