namespace DataServices.TelescopeOrg;

/// <summary>The services that know stars by name.</summary>
public sealed record SkyServiceOptions
{
    /// <summary>The name resolver of the Strasbourg data centre (CDS), Sesame.</summary>
    public Uri Sesame { get; init; } = new("https://cds.unistra.fr/");

    /// <summary>The variable star plotter of the AAVSO.</summary>
    public Uri Plotter { get; init; } = new("https://app.aavso.org/");

    /// <summary>Root of the cache of comparison sequences.</summary>
    public string CacheDirectory { get; init; } = Path.Combine(".cache", "seq");

    /// <summary>Age after which a sequence is asked for again.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Spacing, back-off and deadlines.</summary>
    public TelescopeOrgOptions Connection { get; init; } = new();
}
