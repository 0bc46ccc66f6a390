namespace Sequencer.Core.Equipment;

/// <summary>Why a camera gave no frame.</summary>
public enum CameraFault
{
    /// <summary>An exposure is under way already.</summary>
    Busy,

    /// <summary>The exposure time is longer than the camera can.</summary>
    AboveMaxExptime,

    /// <summary>The image did not come by its deadline.</summary>
    Timeout,

    /// <summary>The camera reports an error or refuses.</summary>
    Device,

    /// <summary>The frame is no picture: wrong size, all zeros, or the one before once more.</summary>
    BadFrame,

    /// <summary>The filter asked for is not there or could not be reached.</summary>
    Filter,

    /// <summary>The camera cannot be reached.</summary>
    Link,

    /// <summary>The camera is out of use until it has been reconnected.</summary>
    Quarantined,
}

/// <summary>A camera gave no frame. The message says which camera, what happened and what to do.</summary>
public sealed class CameraException(CameraFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public CameraFault Fault { get; } = fault;
}
