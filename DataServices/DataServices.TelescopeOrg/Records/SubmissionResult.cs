namespace DataServices.TelescopeOrg;

/// <summary>What became of a submission.</summary>
/// <param name="Accepted">Whether the site took the request.</param>
/// <param name="RequestId">Its number when it was taken.</param>
/// <param name="Status">The site's status, for example QUEUE_FULL when it was not.</param>
public sealed record SubmissionResult(bool Accepted, int? RequestId, string Status);
