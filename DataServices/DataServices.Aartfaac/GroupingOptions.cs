namespace DataServices.Aartfaac;

/// <summary>How images become groups.</summary>
public enum GroupingPolicy
{
    /// <summary>One group per time step, whatever the order of arrival.</summary>
    Keyed,

    /// <summary>A group is a run of consecutive equal stamps in order of arrival: what the original does.</summary>
    ConsecutiveRuns,
}

/// <summary>What happens to an image whose group was given out.</summary>
public enum LatePolicy
{
    /// <summary>It is dropped and counted.</summary>
    Drop,

    /// <summary>It is given out as a group of its own.</summary>
    EmitSupplement,
}

/// <summary>What happens when nobody takes the groups.</summary>
public enum OverflowPolicy
{
    /// <summary>The oldest waiting group is dropped: live views.</summary>
    DropOldest,

    /// <summary>The new group is dropped.</summary>
    DropNewest,

    /// <summary>The readers wait, and with them the senders.</summary>
    Wait,
}

/// <summary>Rules of grouping.</summary>
public sealed record GroupingOptions
{
    public GroupingPolicy Policy { get; init; } = GroupingPolicy.Keyed;

    /// <summary>How long after its first image a group waits for the others; null: two cadences of a live stream, for ever when there is none.</summary>
    public TimeSpan? MaxWait { get; init; }

    /// <summary>A group is given out when more than so many newer time steps have been seen.</summary>
    public int MaxOpenGroups { get; init; } = 4;

    /// <summary>Stamps this far apart are one time step.</summary>
    public TimeSpan Tolerance { get; init; }

    public LatePolicy Late { get; init; } = LatePolicy.Drop;
}
