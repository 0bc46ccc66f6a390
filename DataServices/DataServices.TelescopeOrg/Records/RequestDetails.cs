namespace DataServices.TelescopeOrg;

/// <summary>The page of one request. What it does not show is null.</summary>
/// <param name="Id">Request id.</param>
/// <param name="JobId">The job that served it, once there is one.</param>
/// <param name="ObjectType">For example RADEC.</param>
/// <param name="ObjectId">For RADEC "hh:mm:ss.ss +dd:mm:ss.ss".</param>
/// <param name="ObjectName">The name the observer gave.</param>
/// <param name="TelescopeType">For example Galaxy.</param>
/// <param name="Telescope">For example COAST.</param>
/// <param name="Filter">For example BVR.</param>
/// <param name="DarkFrame">For example Instant.</param>
/// <param name="ExposureText">Exposure time as shown, for example "120000 ms".</param>
/// <param name="Requested">When it was asked for.</param>
/// <param name="Completed">When it was completed.</param>
/// <param name="StatusText">For example Complete.</param>
/// <param name="FlatId">The flat field that belongs to it.</param>
public sealed record RequestDetails(
    int Id,
    int? JobId,
    string? ObjectType,
    string? ObjectId,
    string? ObjectName,
    string? TelescopeType,
    string? Telescope,
    string? Filter,
    string? DarkFrame,
    string? ExposureText,
    SiteTime? Requested,
    SiteTime? Completed,
    string? StatusText,
    int? FlatId)
{
    /// <summary>Exposure time, or null when it is not shown.</summary>
    public TimeSpan? Exposure => Job.ParseExposure(ExposureText);
}
