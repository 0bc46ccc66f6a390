namespace DataServices.TelescopeOrg;

/// <summary>State of a request. Codes the table does not know are kept.</summary>
/// <param name="Code">The site's number.</param>
public readonly record struct RequestStatus(int Code)
{
    /// <summary>Code of a request whose frames can be fetched.</summary>
    public const int Complete = 8;

    private static readonly Dictionary<int, string> _names = new()
    {
        [1] = "New",
        [2] = "New, allocated",
        [3] = "Waiting",
        [4] = "In progress",
        [5] = "Reallocate",
        [6] = "Waiting again",
        [7] = "Complete on site",
        [8] = "Complete",
        [9] = "Hold",
        [10] = "Frozen",
        [20] = "Expired",
        [21] = "Expired with child jobs",
        [22] = "Cancelled",
        [23] = "Cancelled with child jobs",
        [24] = "Invalid",
        [25] = "Never rises",
        [26] = "Other error",
    };

    public bool IsComplete => Code == Complete;

    /// <summary>Whether an observation is still to come.</summary>
    public bool IsPending => Code is > 0 and < Complete;

    /// <summary>Whether no observation will come: expired, cancelled, invalid or in error.</summary>
    public bool HasFailed => Code >= 20;

    public override string ToString() => _names.TryGetValue(Code, out var name) ? name : $"unknown status {Code}";
}
