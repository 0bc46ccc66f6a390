namespace Sequencer.Core.Pointing;

/// <summary>How pointing ended.</summary>
public enum PointingEnd
{
    /// <summary>Within the threshold, or pointing is switched off or does not correct.</summary>
    OnTarget,

    /// <summary>Still outside the threshold after the last correction.</summary>
    OffTarget,

    /// <summary>No frame could be solved, or none believably.</summary>
    NotSolved,

    /// <summary>It became unsafe; the exposure was aborted.</summary>
    Unsafe,

    /// <summary>The primary camera gives no frames.</summary>
    NoCamera,

    /// <summary>A pointing exposure would have ended beyond a limit of the mount.</summary>
    Limit,
}

/// <summary>How pointing ended.</summary>
/// <param name="BeforeArcsec">Error of the first solved frame, on the sky.</param>
/// <param name="AfterArcsec">Error of the last solved frame, on the sky.</param>
/// <param name="Reason">What went wrong; null when on target.</param>
public sealed record PointingOutcome(PointingEnd End, double? BeforeArcsec, double? AfterArcsec, string? Reason);
