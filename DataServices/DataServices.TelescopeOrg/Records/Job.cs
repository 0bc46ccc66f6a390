using System.Globalization;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>One exposure that was taken. What the site's page does not show is null.</summary>
/// <param name="Id">Job id.</param>
/// <param name="RequestIds">The requests it serves; several when the site merged equal ones.</param>
/// <param name="ObjectType">For example RADEC or MESSIER.</param>
/// <param name="ObjectId">For RADEC "hh:mm:ss.ss +dd:mm:ss.ss", else the catalogue number.</param>
/// <param name="TelescopeType">For example Galaxy.</param>
/// <param name="Filter">For example BVR.</param>
/// <param name="ExposureText">Exposure time as shown, for example "120000 ms".</param>
/// <param name="Completed">When it was completed.</param>
/// <param name="StatusText">For example Success.</param>
/// <param name="FlatId">The flat field that belongs to it.</param>
public sealed partial record Job(
    int Id,
    IReadOnlyList<int> RequestIds,
    string? ObjectType,
    string? ObjectId,
    string? TelescopeType,
    string? Filter,
    string? ExposureText,
    SiteTime? Completed,
    string? StatusText,
    int? FlatId)
{
    /// <summary>Whether the site calls it a success.</summary>
    public bool IsSuccess => "Success".Equals(StatusText, StringComparison.OrdinalIgnoreCase);

    /// <summary>Exposure time, or null when it is not shown.</summary>
    public TimeSpan? Exposure => ParseExposure(ExposureText);

    internal static TimeSpan? ParseExposure(string? text)
    {
        var match = Shape().Match(text ?? "");
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value > 1e9)
            return null;
        return match.Groups[2].Value.ToUpperInvariant() switch
        {
            "S" or "SEC" or "SECS" or "SECOND" or "SECONDS" => TimeSpan.FromSeconds(value),
            "MS" or "MSEC" or "MILLISECONDS" or "" => TimeSpan.FromMilliseconds(value),
            _ => null,
        };
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)")]
    private static partial Regex Shape();
}
