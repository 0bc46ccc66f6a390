namespace DataServices.TelescopeOrg;

/// <summary>Order of a list of requests.</summary>
public enum RequestSort
{
    /// <summary>By request id, newest first.</summary>
    Rid,

    /// <summary>By object name.</summary>
    Object,

    /// <summary>By completion time, newest first.</summary>
    Completion,
}
