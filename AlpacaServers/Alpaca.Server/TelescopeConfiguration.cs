using Alpaca.Contract;
using Alpaca.Simulators.Mount;

namespace Alpaca.Server;

/// <summary>Reads the simulated mount.</summary>
internal static class TelescopeConfiguration
{
    private static readonly Dictionary<string, AlignmentMode> Alignments = new(StringComparer.Ordinal)
    {
        ["german"] = AlignmentMode.GermanPolar,
        ["fork"] = AlignmentMode.Polar,
        ["altaz"] = AlignmentMode.AltAz,
    };

    public static MountOptions Read(ConfigurationSection c, MountOptions d) => d with
    {
        Alignment = c.Choice("alignment", d.Alignment, Alignments),
        SlewSpeed = c.Number("slew_speed", d.SlewSpeed, 0.05, 90),
        HighestMoveRate = c.Number("highest_move_rate", d.HighestMoveRate, 0.01, 90),
        GuideRate = c.Number("guide_rate", d.GuideRate, 0.01, 2),
        FocalLength = c.Number("focal_length", d.FocalLength, 5, 100_000),
        Aperture = c.Number("aperture", d.Aperture, 1, 20_000),
        Errors = Errors(c.Section("errors"), d.Errors),
    };

    private static MountErrors Errors(ConfigurationSection? c, MountErrors d)
    {
        if (c is null)
            return d;
        var errors = new MountErrors
        {
            AxisAzimuth = c.Number("axis_azimuth", d.AxisAzimuth, -600, 600),
            AxisAltitude = c.Number("axis_altitude", d.AxisAltitude, -600, 600),
            Cone = c.Number("cone", d.Cone, -600, 600),
            PeriodicAmplitude = c.Number("periodic_amplitude", d.PeriodicAmplitude, 0, 600),
            PeriodicPeriod = c.Number("periodic_period", d.PeriodicPeriod, 10, 10_000),
        };
        c.ThrowIfAnyIsUnknown();
        return errors;
    }
}
