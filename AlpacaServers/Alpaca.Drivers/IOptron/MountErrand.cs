using Alpaca.Contract;
using Alpaca.Devices.Links;

namespace Alpaca.Drivers.IOptron;

/// <summary>Where the mount was sent.</summary>
internal enum Errand
{
    Slew,
    SlewToHorizontal,
    Park,
    Home,
    HomeSearch,
}

/// <summary>
/// A motion that the mount accepted: not done before its own readings say so. The state digit lags behind the command, and some firmware never gets it
/// right after parking; each reading is judged with that in mind.
/// </summary>
/// <param name="errand">Where it was sent.</param>
/// <param name="began">When the command was accepted.</param>
/// <param name="timeout">How long it may take.</param>
internal sealed class MountErrand(Errand errand, DateTimeOffset began, TimeSpan timeout)
{
    /// <summary>A mount may go on showing its old state for this long after it accepted a motion.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan s_stillInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_stillWithoutMotion = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_missLasts = TimeSpan.FromSeconds(1);
    private const double StillDegrees = 0.01;
    private const double RestDegrees = 3.0 / 3600;
    private const int StillReadings = 3;

    private MountSnapshot? _still;
    private int _stillReadings;
    private bool _sawMotion;
    private bool _sawTravel;
    private DateTimeOffset? _missedSince;
    private MountSnapshot? _resting;
    private DateTimeOffset? _arrived;

    public Errand Errand { get; } = errand;

    public DateTimeOffset Began { get; } = began;

    /// <summary>The target: right ascension in hours and declination, or azimuth and altitude in degrees.</summary>
    public (double Longitude, double Latitude)? Target { get; init; }

    /// <summary>How far from the target is far enough to be wrong, degrees.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>How long the mount rests after it has arrived.</summary>
    public TimeSpan Settle { get; init; }

    /// <summary>Homing that stands in for parking, on mounts without a command for it.</summary>
    public bool EndsParked { get; init; }

    /// <summary>What it is called in messages.</summary>
    public string Title => Errand switch
    {
        Errand.Park => "way to the park position",
        Errand.Home => "way home",
        Errand.HomeSearch => "search for home",
        _ => "slew",
    };

    /// <summary>True once it ended where it should.</summary>
    public bool HasArrived { get; private set; }

    /// <summary>True once the deadline has passed: the mount must then be stopped.</summary>
    public bool IsOverdue(DateTimeOffset now) => now - Began > timeout;

    /// <summary>Whether the tracking goes on meanwhile, as clients see it.</summary>
    public bool KeepsTracking => Errand == Errand.Slew;

    /// <summary>What a reading means for this errand.</summary>
    /// <returns>True: it is done. False: it goes on.</returns>
    /// <exception cref="AlpacaException">It ended, and not as it should.</exception>
    public bool IsDone(MountSnapshot seen)
    {
        var isParked = Errand == Errand.Park && (seen.Status.State == SystemState.Parked || HasComeToRest(seen));
        if (seen.Status.IsMoving && !isParked)
        {
            _sawMotion = true;
            (_arrived, _missedSince, _resting) = (null, null, null);
            return false;
        }

        // A digit of unknown meaning says nothing, and so does the old state right after the command.
        if (!isParked && (seen.Status.State is null || (!_sawMotion && seen.At - Began < s_grace)))
            return false;
        if (!isParked && Missed(seen) is { } failure)
        {
            // The mount renews its coordinates ten times a second, and its state when it likes: only a miss that lasts is one.
            _missedSince ??= seen.At;
            return seen.At - _missedSince < s_missLasts ? false : throw new AlpacaException(DriverError.MoveTimeout, failure);
        }

        _missedSince = null;
        if (!IsAtRest(seen))
            return false;
        _arrived ??= seen.At;
        HasArrived = seen.At - _arrived >= Settle;
        return HasArrived;
    }

    /// <summary>The coordinates may be older than the state beside them: two readings must agree before they count as those of the end.</summary>
    private bool IsAtRest(MountSnapshot seen)
    {
        var before = _resting;
        _resting = seen;
        return before is not null && (Errand == Errand.Slew
            ? MountSnapshot.Separation(15 * before.Position.RightAscension, before.Position.Declination, 15 * seen.Position.RightAscension, seen.Position.Declination) < RestDegrees
            : before.AngleTo(seen) < StillDegrees);
    }

    /// <summary>What went wrong, if the motion ended with this reading; null if it is as it should be.</summary>
    private string? Missed(MountSnapshot seen)
    {
        switch (Errand)
        {
            case Errand.Slew:
                var (rightAscension, declination) = Target!.Value;
                var off = MountSnapshot.Separation(15 * seen.Position.RightAscension, seen.Position.Declination, 15 * rightAscension, declination);
                if (off > Tolerance)
                    return FormattableString.Invariant($"The slew ended {off:0.00} degrees away from its target. Somebody stopped it, or an axis is blocked; look at the mount before the next slew.");
                return seen.Status.IsTracking ? null : "The slew ended and the mount does not track. It may have reached a limit; choose another target, or home it.";
            case Errand.SlewToHorizontal:
                var (azimuth, altitude) = Target!.Value;
                var away = MountSnapshot.Separation(seen.Horizontal.Azimuth, seen.Horizontal.Altitude, azimuth, altitude);
                return away > Tolerance ? FormattableString.Invariant($"The slew ended {away:0.00} degrees away from its target. Somebody stopped it, or an axis is blocked.") : null;
            case Errand.Park:
                return "The mount stopped on its way to the park position and is not parked. Somebody stopped it, or an axis is blocked; park it again.";
            default:
                return seen.Status.State == SystemState.AtZeroPosition ? null : "The mount stopped on its way home and is not at its zero position. Somebody stopped it, or an axis is blocked; home it again.";
        }
    }

    /// <summary>Some firmware says that it slews for ever after a park: a mount that has not moved in three readings a second apart has arrived.</summary>
    private bool HasComeToRest(MountSnapshot seen)
    {
        if (_still is null || _still.AngleTo(seen) > StillDegrees)
        {
            _sawTravel |= _still is not null;
            (_still, _stillReadings) = (seen, 0);
            return false;
        }

        if (seen.At - _still.At >= s_stillInterval * (_stillReadings + 1))
            _stillReadings++;
        return _stillReadings >= StillReadings && (_sawTravel || seen.At - Began >= s_stillWithoutMotion);
    }
}
