namespace Sequencer.Safety;

/// <summary>Who wins when the weather is bad and the telescope is in the way of the roof. Has to be decided by the owner.</summary>
public enum ClosePolicy
{
    /// <summary>The roof closes on bad weather whatever the telescope does: water costs more than a bump.</summary>
    RainWins,

    /// <summary>The roof waits until the telescope is verified parked: a falling roof costs more than water.</summary>
    ScopeWins,
}
