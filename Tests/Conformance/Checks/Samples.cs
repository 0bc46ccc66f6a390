using Conformance.Api;

namespace Conformance.Checks;

/// <summary>Values to send: good ones for any device of the type, and some that nobody can read.</summary>
internal static class Samples
{
    /// <summary>What is neither a boolean nor a number nor a time.</summary>
    public static readonly string[] Unreadable = ["asduio6fghZZ", "", "     ", "1;2"];

    public static string Good(Parameter parameter) => parameter.Name switch
    {
        "SensorName" => "Temperature",
        "Id" or "Axis" or "Direction" or "TrackingRate" or "SideOfPier" or "ReadoutMode" => "0",
        "Declination" or "TargetDeclination" => "12.5",
        _ => parameter.Kind switch
        {
            ValueKind.Boolean => "true",
            ValueKind.Integer => "1",
            ValueKind.Number => "2.5",
            ValueKind.DateTime => "2026-01-31T12:00:00.000Z",
            _ => "Nothing",
        },
    };
}
