namespace DataServices.TelescopeOrg;

/// <summary>Where nova.astrometry.net is and how long it may take.</summary>
public sealed record NovaSolverOptions
{
    /// <summary>The service; https, http for the loopback interface only.</summary>
    public Uri BaseUrl { get; init; } = new("https://nova.astrometry.net/");

    /// <summary>From the end of the upload to the solution. What is not ready then is taken up again by the next call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>First wait between two questions; it grows to <see cref="MaxPoll"/>.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait between two questions.</summary>
    public TimeSpan MaxPoll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far from the header's position the search goes, degrees.</summary>
    public double RadiusDegrees { get; init; } = 2;

    /// <summary>Spacing, back-off and deadlines of the single requests.</summary>
    public TelescopeOrgOptions Connection { get; init; } = new() { Spacing = TimeSpan.FromSeconds(1), RequestDeadline = TimeSpan.FromMinutes(2) };
}
