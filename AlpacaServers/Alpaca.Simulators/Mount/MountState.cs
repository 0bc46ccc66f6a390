using System.Collections.Immutable;
using Alpaca.Contract;

namespace Alpaca.Simulators.Mount;

/// <summary>What a slew does to the mount once it has arrived.</summary>
internal enum SlewPurpose
{
    Point,
    Park,
    Home,
}

/// <summary>A slew under way: both axes start together, each at full speed, and the slower one decides.</summary>
/// <param name="From">Axes at the start.</param>
/// <param name="To">Axes on arrival; for a target that moves with the sky, where it is by then.</param>
/// <param name="Began">Start.</param>
/// <param name="Arrives">When both axes are there.</param>
/// <param name="Done">When the settling time is over too.</param>
/// <param name="Purpose">What happens on arrival.</param>
internal sealed record Slew(Axes From, Axes To, DateTimeOffset Began, DateTimeOffset Arrives, DateTimeOffset Done, SlewPurpose Purpose)
{
    public Axes At(DateTimeOffset time, double speed)
    {
        var way = Math.Max(0, (time - Began).TotalSeconds) * speed;
        return time >= Arrives ? To : new(Toward(From.Primary, To.Primary, way), Toward(From.Secondary, To.Secondary, way));
    }

    private static double Toward(double from, double to, double way) => from + (Math.Sign(to - from) * Math.Min(way, Math.Abs(to - from)));
}

/// <summary>A guide pulse: a rate on the sky between two times, degrees per second. East is towards larger right ascension.</summary>
internal sealed record GuidePulse(double East, double North, DateTimeOffset Began, DateTimeOffset Ends)
{
    public double SecondsBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var begin = from > Began ? from : Began;
        var end = to < Ends ? to : Ends;
        return Math.Max(0, (end - begin).TotalSeconds);
    }
}

/// <summary>
/// The mount at one moment and what it does from then on: everything about it at a later time follows from this record,
/// up to the next command.
/// </summary>
internal sealed record MountState
{
    /// <summary>The moment of <see cref="Axes"/>.</summary>
    public required DateTimeOffset Epoch { get; init; }

    /// <summary>The axes' true angles at <see cref="Epoch"/>.</summary>
    public required Axes Axes { get; init; }

    /// <summary>What is added to the axes' angles to get those that the mount believes: the result of syncs.</summary>
    public Axes EncoderOffset { get; init; }

    /// <summary>Rates of MoveAxis, degrees per second; 0 when not moved by hand.</summary>
    public Axes MoveRates { get; init; }

    public Slew? Slew { get; init; }

    public bool Tracking { get; init; }

    public DriveRate DriveRate { get; init; }

    /// <summary>Offset of the right ascension, seconds of right ascension per sidereal second.</summary>
    public double RightAscensionRate { get; init; }

    /// <summary>Offset of the declination, arcseconds per SI second.</summary>
    public double DeclinationRate { get; init; }

    public ImmutableList<GuidePulse> Pulses { get; init; } = [];

    public bool AtPark { get; init; }

    /// <summary>True from the end of a search for home until the axes move again.</summary>
    public bool AtHome { get; init; }

    public Axes ParkPosition { get; init; }

    public double SlewSpeed { get; init; }

    public MountGeometry Geometry { get; init; }

    public bool IsMovedByHand => MoveRates != default;

    public bool IsSlewingAt(DateTimeOffset time) => IsMovedByHand || (Slew is { } slew && time < slew.Done);

    public bool IsPulseGuidingAt(DateTimeOffset time) => Pulses.Any(p => time < p.Ends);

    /// <summary>The rate at which the mount follows the sky, degrees of hour angle and of declination per second; zero when it does not.</summary>
    public HourAngleDeclination SkyRates => !Tracking ? default : new(
        SiderealRate.Of(DriveRate) - (RightAscensionRate * 15 / 3600 * SiderealRate.SecondsPerSecond),
        DeclinationRate / 3600);

    /// <summary>The axes' true angles at a time not before <see cref="Epoch"/>.</summary>
    public Axes AxesAt(DateTimeOffset time)
    {
        if (Slew is not { } slew)
            return Follow(Axes, Epoch, time);
        return time < slew.Arrives ? slew.At(time, SlewSpeed) : Follow(slew.To, slew.Arrives, time);
    }

    /// <summary>Where the mount believes it points.</summary>
    public HourAngleDeclination ReportedAt(DateTimeOffset time) => Geometry.FromAxes(AxesAt(time) + EncoderOffset);

    /// <summary>The same mount with everything that is over by <paramref name="now"/> written down: what each command starts from.</summary>
    public MountState AdvancedTo(DateTimeOffset now)
    {
        if (now < Epoch)
            return this;
        var pulses = Pulses.RemoveAll(p => p.Ends <= now);
        if (Slew is { } slew)
        {
            if (now < slew.Done)
                return now < slew.Arrives ? this : this with { Pulses = pulses };
            var there = this with { Axes = AxesAt(now), Epoch = now, Slew = null, Pulses = pulses };
            return slew.Purpose switch
            {
                SlewPurpose.Park => there with { AtPark = true },
                SlewPurpose.Home => there with { AtHome = true },
                _ => there,
            };
        }

        return this with { Axes = AxesAt(now), Epoch = now, Pulses = pulses };
    }

    /// <summary>The same mount, slewing to a direction it believes in, from now on.</summary>
    /// <param name="target">Where the target is now; it moves with the sky if the mount tracks.</param>
    public MountState SlewingTo(HourAngleDeclination target, PierSide side, TimeSpan settle, DateTimeOffset now)
    {
        var from = AxesAt(now);
        var rates = SkyRates;
        var arrival = target;
        var seconds = 0.0;

        // The target moves while the mount does: a few rounds find where they meet to far below an arcsecond.
        for (var round = 0; round < 6; round++)
        {
            var axes = Geometry.ToAxes(arrival, side, from + EncoderOffset) - EncoderOffset;
            seconds = SecondsBetween(from, axes);
            arrival = new(target.HourAngle + (rates.HourAngle * seconds), target.Declination + (rates.Declination * seconds));
        }

        return SlewingTo(Geometry.ToAxes(arrival, side, from + EncoderOffset) - EncoderOffset, seconds, SlewPurpose.Point, settle, now);
    }

    /// <summary>The same mount, slewing to fixed axes, from now on.</summary>
    public MountState SlewingTo(Axes axes, SlewPurpose purpose, DateTimeOffset now) =>
        (this with { Tracking = Tracking && purpose == SlewPurpose.Point }).SlewingTo(axes, SecondsBetween(AxesAt(now), axes), purpose, TimeSpan.Zero, now);

    /// <summary>The same mount with its axes stopped where they are; tracking, if on, goes on from there.</summary>
    public MountState StoppedAt(DateTimeOffset now) => this with { Axes = AxesAt(now), Epoch = now, Slew = null, MoveRates = default, Pulses = [] };

    private MountState SlewingTo(Axes axes, double seconds, SlewPurpose purpose, TimeSpan settle, DateTimeOffset now)
    {
        var arrives = now + TimeSpan.FromSeconds(seconds);
        return StoppedAt(now) with { AtHome = false, Slew = new Slew(AxesAt(now), axes, now, arrives, arrives + settle, purpose) };
    }

    private double SecondsBetween(Axes from, Axes to) =>
        Math.Max(Math.Abs(to.Primary - from.Primary), Math.Abs(to.Secondary - from.Secondary)) / SlewSpeed;

    private Axes Follow(Axes axes, DateTimeOffset since, DateTimeOffset time)
    {
        var seconds = (time - since).TotalSeconds;
        if (seconds <= 0)
            return axes;
        var (east, north) = (0.0, 0.0);
        foreach (var pulse in Pulses)
        {
            var lasted = pulse.SecondsBetween(since, time);
            east += pulse.East * lasted;
            north += pulse.North * lasted;
        }

        // An axis moved by hand does not track meanwhile.
        var rates = SkyRates;
        var sky = new HourAngleDeclination(
            ((MoveRates.Primary == 0 ? rates.HourAngle : 0) * seconds) - east,
            ((MoveRates.Secondary == 0 ? rates.Declination : 0) * seconds) + north);
        if (sky != default)
        {
            var believed = axes + EncoderOffset;
            var from = Geometry.FromAxes(believed);
            var to = new HourAngleDeclination(from.HourAngle + sky.HourAngle, from.Declination + sky.Declination);
            axes = Geometry.ToAxes(to, Geometry.SideOf(believed), believed) - EncoderOffset;
        }

        return axes + (seconds * MoveRates);
    }
}
