namespace DataServices.TelescopeOrg;

/// <summary>One entry of a fields file, as far as a remote telescope is concerned.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Position">Where it is, J2000.</param>
/// <param name="Priority">Higher is asked for first.</param>
/// <param name="Exposures">Exposure times; empty for the campaign's own.</param>
/// <param name="Filter">Filter; null for the campaign's own.</param>
public sealed record CampaignTarget(string Name, SkyPosition Position, double Priority, IReadOnlyList<TimeSpan> Exposures, string? Filter);
