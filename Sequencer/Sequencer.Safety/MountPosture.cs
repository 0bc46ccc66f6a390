namespace Sequencer.Safety;

/// <summary>Where the telescope is as far as the shutter is concerned.</summary>
public enum MountPosture
{
    /// <summary>No answer from the mount, or it may be moving: the shutter could hit it.</summary>
    Unknown,

    /// <summary>Verified parked.</summary>
    Parked,

    /// <summary>The shutter clears the telescope wherever it points (most domes and clamshells), or there is no mount.</summary>
    Clear,

    /// <summary>In the way of a closing roof.</summary>
    InTheWay,
}
