namespace Alpaca.Server.Logging;

/// <summary>How serious a line must be to be written.</summary>
internal enum LogThreshold
{
    /// <summary>Everything.</summary>
    Debug,

    /// <summary>Changes of state.</summary>
    Info,

    /// <summary>What somebody should look at.</summary>
    Warning,

    /// <summary>What went wrong.</summary>
    Error,

    /// <summary>Nothing.</summary>
    None,
}
