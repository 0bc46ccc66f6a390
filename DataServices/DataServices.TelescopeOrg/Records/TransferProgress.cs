namespace DataServices.TelescopeOrg;

/// <summary>How far a download is.</summary>
/// <param name="Stage">What is being done, for people: "preparing", "downloading", "sending M 42".</param>
/// <param name="Bytes">Bytes received; for a campaign, requests done.</param>
/// <param name="Total">Size of the file, or number of requests; null when it is not known yet.</param>
public sealed record TransferProgress(string Stage, long Bytes = 0, long? Total = null);
