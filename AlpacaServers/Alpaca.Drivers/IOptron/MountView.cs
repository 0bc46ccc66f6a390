using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <summary>
/// Everything clients can read, at one moment. It is replaced as a whole: by the loop that owns the mount, and for what the mount knows nothing of (targets,
/// settling time) by whoever sets it.
/// </summary>
internal sealed record MountView
{
    /// <summary>What was found at the handshake; null before the first connection.</summary>
    public MountFacts? Facts { get; init; }

    /// <summary>The last look at the mount; null before the first.</summary>
    public MountSnapshot? Snapshot { get; init; }

    /// <summary>The motion under way that a client asked for.</summary>
    public MountErrand? Errand { get; init; }

    /// <summary>What the last motion failed with, until the next one begins.</summary>
    public AlpacaException? Failure { get; init; }

    /// <summary>Why the position cannot be believed, until the mount has been homed.</summary>
    public string? Distrust { get; init; }

    /// <summary>The signed arrow speeds of the two axes, 1 to 9; 0 for an axis not moved by its arrow key.</summary>
    public (int Primary, int Secondary) Arrows { get; init; }

    /// <summary>When the guide pulses of the two axes end.</summary>
    public (DateTimeOffset Primary, DateTimeOffset Secondary) PulsesEnd { get; init; }

    /// <summary>Parked by the driver's own doing, or known to be parked though the mount does not say so.</summary>
    public bool IsParkLatched { get; init; }

    /// <summary>What tracking was like before an arrow key was pressed.</summary>
    public bool TracksAfterArrows { get; init; }

    /// <summary>Seconds of right ascension per sidereal second, as a client set it.</summary>
    public double RightAscensionRate { get; init; }

    public MountGuideRates? GuideRates { get; init; }

    public double Elevation { get; init; }

    /// <summary>Latitude and longitude as clients wrote them: the mount keeps them rounded, and clients expect to read what they wrote.</summary>
    public (double Latitude, double Longitude)? SiteWritten { get; init; }

    public TimeSpan SettleTime { get; init; }

    public double? TargetRightAscension { get; init; }

    public double? TargetDeclination { get; init; }

    /// <summary>A script of several motions (park by home and arrows, a move by time, calibration) is under way.</summary>
    public bool IsScriptRunning { get; init; }

    public bool IsMovedByArrows => Arrows != (0, 0);

    public bool AtPark => IsParkLatched || Snapshot?.Status.State == SystemState.Parked;

    public bool Slewing => Errand is not null || IsMovedByArrows || IsScriptRunning || (!AtPark && Snapshot?.Status.IsMoving == true);

    public bool Tracking => !AtPark && (Errand is { } errand ? errand.KeepsTracking : IsMovedByArrows ? TracksAfterArrows : Snapshot?.Status.IsTracking == true);
}
