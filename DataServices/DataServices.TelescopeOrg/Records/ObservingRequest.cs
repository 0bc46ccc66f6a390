namespace DataServices.TelescopeOrg;

/// <summary>A request as the lists show it.</summary>
/// <param name="Id">Request id.</param>
/// <param name="Status">State.</param>
/// <param name="ObjectType">For example RADEC.</param>
/// <param name="ObjectId">For RADEC "hh:mm:ss.ss +dd:mm:ss.ss".</param>
/// <param name="ObjectName">The name the observer gave.</param>
/// <param name="Comments">The observer's comment.</param>
/// <param name="Requested">When it was asked for.</param>
/// <param name="Seen">Whether it was looked at on the site.</param>
/// <param name="Row">Its row in the list.</param>
public sealed record ObservingRequest(
    int Id,
    RequestStatus Status,
    string? ObjectType,
    string? ObjectId,
    string? ObjectName,
    string? Comments,
    DateTimeOffset? Requested,
    bool? Seen,
    int? Row);
