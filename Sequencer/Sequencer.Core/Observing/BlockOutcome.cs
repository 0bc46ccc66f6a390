namespace Sequencer.Core.Observing;

/// <summary>How an observation block ended.</summary>
public enum BlockEnd
{
    /// <summary>All exposures were taken, as far as each camera gave them.</summary>
    Completed,

    /// <summary>It became unsafe; exposures under way were aborted.</summary>
    Unsafe,

    /// <summary>The mount does not track.</summary>
    NotTracking,

    /// <summary>The next exposure would have ended beyond a limit of the mount.</summary>
    Limit,

    /// <summary>No camera is left that can be used.</summary>
    NoCameras,

    /// <summary>Frames cannot be written.</summary>
    CannotWrite,
}

/// <summary>How an observation block ended.</summary>
/// <param name="Frames">Light frames written, over all cameras.</param>
/// <param name="Reason">Why it ended early; null when it was completed.</param>
public sealed record BlockOutcome(BlockEnd End, int Frames, string? Reason);
