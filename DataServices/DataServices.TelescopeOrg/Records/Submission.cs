namespace DataServices.TelescopeOrg;

/// <summary>A request to be made.</summary>
/// <param name="Position">Where to point.</param>
/// <param name="Telescope">Telescope by name.</param>
/// <param name="Exposure">Exposure time; the site takes whole milliseconds.</param>
/// <param name="Filter">Filter; the telescope's own word for it is sent.</param>
/// <param name="ObjectName">The name the site keeps.</param>
/// <param name="Comment">The comment the site keeps.</param>
public sealed record Submission(
    SkyPosition Position,
    string Telescope,
    TimeSpan Exposure,
    string Filter = "BVR",
    string ObjectName = "RaDec object",
    string Comment = "AutoSubmit");
