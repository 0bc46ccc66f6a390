namespace Sequencer.Safety;

/// <summary>What the enclosure's own sensors say of the shutter or roof.</summary>
public enum ShutterState
{
    /// <summary>No answer, or an answer that contradicts another sensor. Counts neither as open nor as closed.</summary>
    Unknown,

    /// <summary>There is no enclosure: a tripod in a field.</summary>
    None,

    /// <summary>Fully open.</summary>
    Open,

    /// <summary>Fully closed.</summary>
    Closed,

    /// <summary>On its way open.</summary>
    Opening,

    /// <summary>On its way closed.</summary>
    Closing,

    /// <summary>The enclosure reports a fault.</summary>
    Error,
}
