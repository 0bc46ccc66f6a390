using System.Globalization;
using System.Text.Json.Nodes;

namespace Emulators.IOptron;

/// <summary>The truth about a mount's mechanics, in the words that the simulated sky understands.</summary>
public static class MountTruth
{
    /// <summary>Who the mount is and how well it is built.</summary>
    public static string About(MountKind kind, PointingErrors errors) => new JsonObject
    {
        ["mount"] = kind.Title,
        ["alignment"] = "german",
        ["errors"] = new JsonObject
        {
            ["axis_azimuth"] = errors.AxisAzimuth,
            ["axis_altitude"] = errors.AxisAltitude,
            ["cone"] = errors.Cone,
            ["periodic_amplitude"] = errors.PeriodicAmplitude,
            ["periodic_period"] = errors.PeriodicPeriod,
        },
    }.ToJsonString();

    /// <summary>What the axes do from the first leg's time on.</summary>
    public static string Plan(IEnumerable<Leg> legs) => new JsonObject
    {
        ["plan"] = new JsonArray([.. legs.Select(leg => new JsonObject
        {
            ["since"] = leg.Since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["primary"] = leg.Angles.Primary,
            ["secondary"] = leg.Angles.Secondary,
            ["primary_rate"] = leg.Rates.Primary,
            ["secondary_rate"] = leg.Rates.Secondary,
        })]),
    }.ToJsonString();
}
