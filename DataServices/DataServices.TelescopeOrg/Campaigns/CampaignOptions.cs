namespace DataServices.TelescopeOrg;

/// <summary>What a campaign asks for where the fields file does not say.</summary>
public sealed record CampaignOptions
{
    /// <summary>Telescope by name.</summary>
    public string Telescope { get; init; } = "COAST";

    /// <summary>Filter of targets without one.</summary>
    public string Filter { get; init; } = "BVR";

    /// <summary>Exposure time of targets without one.</summary>
    public TimeSpan Exposure { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests per target and exposure time.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>What is fetched of every job.</summary>
    public FileKind Kind { get; init; } = FileKind.Cube;

    /// <summary>Where the frames go, each target in a directory of its own, and the file the campaign is resumed from.</summary>
    public string Directory { get; init; } = "campaign";
}
