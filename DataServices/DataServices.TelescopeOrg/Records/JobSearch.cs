namespace DataServices.TelescopeOrg;

/// <summary>Which completed jobs of all users are asked for.</summary>
public sealed record JobSearch
{
    /// <summary>The time of day at which the site's own day of observations begins.</summary>
    public static readonly TimeOnly SiteDay = new(16, 0);

    /// <summary>Latest completion, UTC; null for now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Length of the interval in days.</summary>
    public double Days { get; init; } = 1;

    /// <summary>Time of day (UTC) that replaces the one of both ends, for example <see cref="SiteDay"/>; null keeps them.</summary>
    public TimeOnly? At { get; init; }

    /// <summary>Filter, empty for all.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Told what the site says above each result page; null for silence.</summary>
    public Action<string>? Summary { get; init; }

    /// <summary>Telescope by name (<see cref="SiteTelescope"/>), empty for all.</summary>
    public string Camera { get; init; } = "";
}
