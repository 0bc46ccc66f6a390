namespace Sequencer.Core.Configuration;

/// <summary>How many exposures one visit to the state <c>observing</c> takes.</summary>
public enum ExposuresPerVisit
{
    /// <summary>All exposures of the target's minimum.</summary>
    Block,

    /// <summary>One.</summary>
    One,
}
