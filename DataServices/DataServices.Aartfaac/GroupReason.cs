namespace DataServices.Aartfaac;

/// <summary>Why a group was given out.</summary>
public enum GroupReason
{
    /// <summary>Every expected subband is there.</summary>
    Complete,

    /// <summary>Waited long enough for the missing ones.</summary>
    Timeout,

    /// <summary>Too many newer time steps have come.</summary>
    Overtaken,

    /// <summary>Images that came after their group was given out.</summary>
    Supplement,

    /// <summary>Another stamp came (consecutive runs).</summary>
    Run,

    /// <summary>The stream was closed.</summary>
    Shutdown,
}
