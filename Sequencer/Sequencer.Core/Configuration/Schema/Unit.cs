namespace Sequencer.Core.Configuration.Schema;

/// <summary>A unit of measure with its relatives: what may stand behind a number.</summary>
/// <param name="Name">As written and shown.</param>
/// <param name="Relatives">Every accepted spelling, with the factor that turns it into this unit.</param>
public sealed record Unit(string Name, IReadOnlyDictionary<string, double> Relatives)
{
    /// <summary>Degrees.</summary>
    public static Unit Degree { get; } = Family("deg", ("deg", 1), ("degree", 1), ("degrees", 1), ("°", 1), ("arcmin", 1 / 60.0), ("arcsec", 1 / 3600.0), ("rad", 180 / Math.PI));

    /// <summary>Seconds of arc.</summary>
    public static Unit Arcsecond { get; } = Family("arcsec", ("arcsec", 1), ("\"", 1), ("arcmin", 60), ("deg", 3600), ("°", 3600));

    /// <summary>Seconds of time.</summary>
    public static Unit Second { get; } = Family("s", ("s", 1), ("sec", 1), ("second", 1), ("seconds", 1), ("ms", 0.001), ("min", 60), ("minutes", 60), ("h", 3600), ("hr", 3600), ("hour", 3600), ("hours", 3600), ("d", 86400), ("day", 86400), ("days", 86400));

    /// <summary>Milliseconds.</summary>
    public static Unit Millisecond { get; } = Second.In("ms");

    /// <summary>Minutes of time.</summary>
    public static Unit Minute { get; } = Second.In("min");

    /// <summary>Hours of time.</summary>
    public static Unit Hour { get; } = Second.In("h");

    /// <summary>Metres.</summary>
    public static Unit Metre { get; } = Family("m", ("m", 1), ("km", 1000), ("cm", 0.01), ("mm", 0.001), ("ft", 0.3048));

    /// <summary>Millimetres.</summary>
    public static Unit Millimetre { get; } = Family("mm", ("mm", 1), ("cm", 10), ("m", 1000), ("um", 0.001));

    /// <summary>Degrees Celsius.</summary>
    public static Unit Celsius { get; } = Family("C", ("C", 1), ("degC", 1), ("deg_C", 1), ("°C", 1), ("Celsius", 1));

    /// <summary>Kelvin, for differences.</summary>
    public static Unit Kelvin { get; } = Family("K", ("K", 1), ("C", 1), ("degC", 1), ("°C", 1));

    /// <summary>Hectopascal.</summary>
    public static Unit Hectopascal { get; } = Family("hPa", ("hPa", 1), ("mbar", 1), ("bar", 1000), ("Pa", 0.01), ("kPa", 10));

    /// <summary>Gigabytes of 10⁹ bytes.</summary>
    public static Unit Gigabyte { get; } = Family("GB", ("GB", 1), ("MB", 0.001), ("TB", 1000), ("Gbyte", 1));

    /// <summary>A pure number.</summary>
    public static Unit None { get; } = Family("");

    private static Unit Family(string name, params (string Spelling, double Factor)[] relatives) =>
        new(name, relatives.ToDictionary(pair => pair.Spelling, pair => pair.Factor));

    private Unit In(string name)
    {
        var one = Relatives[name];
        return new(name, Relatives.ToDictionary(pair => pair.Key, pair => pair.Value / one));
    }
}
