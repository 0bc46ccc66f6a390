namespace DataServices.TelescopeOrg;

/// <summary>How far a long list is.</summary>
/// <param name="Received">Entries received.</param>
/// <param name="Total">Entries the site has, or null when it does not say.</param>
public sealed record ListProgress(int Received, int? Total);
