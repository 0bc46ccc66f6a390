namespace Sequencer.Safety;

/// <summary>
/// The rule between weather, roof and telescope: opening needs everything, closing needs nothing but clearance, and nothing moves
/// while it is unsafe except what makes it safe. A pure function; whoever commands hardware asks first.
/// </summary>
/// <param name="closePolicy">What to do when the weather is bad and the telescope is in the way.</param>
/// <param name="roofNeedsParkedMount">
/// True for a roof that can hit the telescope (roll-off): it then neither opens nor closes over an unparked telescope, and the telescope does not leave its
/// park position under a roof that is not fully open.
/// </param>
public sealed class Interlock(ClosePolicy closePolicy, bool roofNeedsParkedMount)
{
    /// <summary>Whether an action may be commanded now.</summary>
    /// <param name="action">What is asked for.</param>
    /// <param name="verdict">The newest verdict.</param>
    /// <param name="shutter">What the shutter's sensor says.</param>
    /// <param name="mount">What the mount says; not needed for a roof that clears it.</param>
    public Permission May(ObservatoryAction action, SafetyVerdict verdict, ShutterState shutter, MountPosture mount)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return action switch
        {
            ObservatoryAction.Stop => Permission.Granted,
            ObservatoryAction.Park => Permission.Granted,
            ObservatoryAction.CloseShutter => Close(verdict, mount),
            ObservatoryAction.OpenShutter => Open(verdict, mount),
            ObservatoryAction.Unpark or ObservatoryAction.MoveTelescope => Move(verdict, shutter),
            ObservatoryAction.Expose => Expose(verdict, shutter),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Not an action"),
        };
    }

    private bool Clears(MountPosture mount) => !roofNeedsParkedMount || mount is MountPosture.Parked or MountPosture.Clear;

    private Permission Close(SafetyVerdict verdict, MountPosture mount)
    {
        if (Clears(mount))
            return Permission.Granted;
        if (closePolicy == ClosePolicy.RainWins && !verdict.WeatherNow)
            return Permission.Granted;
        return Permission.Denied(mount == MountPosture.Unknown
            ? "the telescope's position is unknown and the roof could hit it: park it first"
            : "the telescope is not parked and the roof could hit it: park it first");
    }

    private Permission Open(SafetyVerdict verdict, MountPosture mount)
    {
        // Checked apart from Safe: a verdict that ignores a check, or counts a closed dome as good weather, still must not open the dome.
        if (!verdict.WeatherReleased)
            return Permission.Denied(Why(verdict, "the weather is not safe"));
        if (!verdict.AcPower)
            return Permission.Denied(Why(verdict, "there is no AC power to close with"));
        if (!verdict.Safe)
            return Permission.Denied(Why(verdict, "it is not safe"));
        return Clears(mount) ? Permission.Granted : Permission.Denied("the telescope is not parked and the roof could hit it: park it first");
    }

    private Permission Move(SafetyVerdict verdict, ShutterState shutter)
    {
        if (!verdict.Safe)
            return Permission.Denied(Why(verdict, "it is not safe"));
        return roofNeedsParkedMount && shutter is not (ShutterState.Open or ShutterState.None)
            ? Permission.Denied("the roof is not fully open: the telescope stays parked")
            : Permission.Granted;
    }

    private static Permission Expose(SafetyVerdict verdict, ShutterState shutter)
    {
        if (!verdict.Safe)
            return Permission.Denied(Why(verdict, "it is not safe"));
        return shutter is ShutterState.Open or ShutterState.None ? Permission.Granted : Permission.Denied("the shutter is not open");
    }

    private static string Why(SafetyVerdict verdict, string otherwise) => verdict.Reasons.Count > 0 ? string.Join("; ", verdict.Reasons) : otherwise;
}
