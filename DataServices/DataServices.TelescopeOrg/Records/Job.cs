using System.Globalization;

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
public sealed record Job(
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
    public bool IsSuccess => StatusText is "Success";

    /// <summary>Exposure time, or null when it is not shown.</summary>
    public TimeSpan? Exposure => ParseExposure(ExposureText);

    internal static TimeSpan? ParseExposure(string? text)
    {
        var words = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Length == 0 || !double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 1e9)
            return null;
        return words.ElementAtOrDefault(1)?.ToUpperInvariant() switch
        {
            "S" or "SEC" or "SECONDS" => TimeSpan.FromSeconds(value),
            "MS" or null => TimeSpan.FromMilliseconds(value),
            _ => null,
        };
    }
}
