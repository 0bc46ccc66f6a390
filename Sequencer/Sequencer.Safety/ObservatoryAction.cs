namespace Sequencer.Safety;

/// <summary>What can be asked of the hardware, as far as safety tells the kinds apart.</summary>
public enum ObservatoryAction
{
    /// <summary>Stop whatever moves or exposes.</summary>
    Stop,

    /// <summary>Send the telescope to its park position.</summary>
    Park,

    /// <summary>Close the shutter.</summary>
    CloseShutter,

    /// <summary>Open the shutter.</summary>
    OpenShutter,

    /// <summary>Unpark the telescope.</summary>
    Unpark,

    /// <summary>Slew, sync, home, guide or switch tracking on.</summary>
    MoveTelescope,

    /// <summary>Take a light frame.</summary>
    Expose,
}
