namespace DataServices.TelescopeOrg;

/// <summary>How frames of the site are solved.</summary>
public sealed record FieldSolverOptions
{
    /// <summary>Name or path of astrometry.net's solve-field.</summary>
    public string Program { get; init; } = "solve-field";

    /// <summary>Root of the cache of solutions.</summary>
    public string CacheDirectory { get; init; } = Path.Combine(".cache", "wcs");

    /// <summary>Processor time solve-field may use.</summary>
    public TimeSpan CpuLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How far from the header's position the search goes, degrees.</summary>
    public double RadiusDegrees { get; init; } = 2;
}
