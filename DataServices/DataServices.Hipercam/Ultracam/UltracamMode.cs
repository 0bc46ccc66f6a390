namespace DataServices.Hipercam;

/// <summary>Readout modes of ULTRACAM and ULTRASPEC.</summary>
public enum UltracamMode
{
    /// <summary>Full frame, cleared before each exposure.</summary>
    FullFrameClear,

    /// <summary>Full frame without clearing.</summary>
    FullFrameNoClear,

    /// <summary>Full frame with overscan, cleared.</summary>
    OverscanClear,

    /// <summary>Full frame with overscan, not cleared.</summary>
    OverscanNoClear,

    /// <summary>One pair of windows.</summary>
    OnePair,

    /// <summary>One pair of windows, cleared.</summary>
    OnePairClear,

    /// <summary>Two pairs of windows.</summary>
    TwoPair,

    /// <summary>Three pairs of windows.</summary>
    ThreePair,

    /// <summary>Drift mode: one pair, many exposures on the way through the chip.</summary>
    Drift,

    /// <summary>ULTRASPEC, one to four windows.</summary>
    Windows,

    /// <summary>ULTRASPEC drift mode, two windows side by side.</summary>
    WindowDrift,

    /// <summary>Power on or off: no pixels.</summary>
    Power,
}
