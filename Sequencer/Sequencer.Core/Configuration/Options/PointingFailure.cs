namespace Sequencer.Core.Configuration;

/// <summary>What to do when the target is still missed after the last attempt.</summary>
public enum PointingFailure
{
    /// <summary>Observe all the same.</summary>
    Proceed,

    /// <summary>Park.</summary>
    Park,

    /// <summary>Choose another target.</summary>
    SkipTarget,
}
