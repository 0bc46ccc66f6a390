namespace Sequencer.Core.Records;

/// <summary>What a dark second goes to. The sequencer says so with an <c>activity</c> event whenever it changes, so that every dark second has exactly one use.</summary>
public static class TimeUse
{
    /// <summary>A shutter is open on a target: the only use that is not lost.</summary>
    public const string Observing = "observing";

    /// <summary>Reading out, downloading and writing frames, turning the filter wheel.</summary>
    public const string Readout = "readout";

    /// <summary>Slewing to a target, and settling.</summary>
    public const string Slewing = "slewing";

    /// <summary>Pointing exposures, plate solving and corrections, tracking corrections.</summary>
    public const string Pointing = "pointing";

    /// <summary>Unsafe because of the weather, and the safety delay after it.</summary>
    public const string Weather = "weather";

    /// <summary>Opening or closing the dome.</summary>
    public const string Dome = "dome";

    /// <summary>No target can be observed.</summary>
    public const string NoTarget = "no_target";

    /// <summary>A device failed or was lost, exposures spoiled by it included.</summary>
    public const string Device = "device";

    /// <summary>Unsafe for another reason than weather: power, disk.</summary>
    public const string Unsafe = "unsafe";

    /// <summary>An exposure that was stopped before its end and gave no frame.</summary>
    public const string Aborted = "aborted";

    /// <summary>Start-up, parking, housekeeping, waiting.</summary>
    public const string Waiting = "waiting";

    /// <summary>Whatever nobody accounted for.</summary>
    public const string Other = "other";
}
