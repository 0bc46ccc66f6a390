using System.Collections.Immutable;

namespace Emulators.IOptron;

/// <summary>What a slew ends in.</summary>
public enum SlewEnd
{
    Track,
    Stop,
    Park,
    ZeroPosition,
}

/// <summary>
/// The mechanics of a mount. Every command makes a plan of what the axes do from then on, to the end of the night if nothing else comes; where they are at any
/// time, and which state the mount shows, follows from the plan and the clock, so nothing has to happen in between.
/// </summary>
public sealed class MountMotion
{
    public const int StoppedAway = 0;
    public const int Tracking = 1;
    public const int Slewing = 2;
    public const int Guiding = 3;
    public const int Flipping = 4;
    public const int TrackingWithPec = 5;
    public const int Parked = 6;
    public const int AtZero = 7;

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(bool Primary, bool Positive), (double Rate, DateTimeOffset Ends)> _pulses = [];
    private AxisAngles _arrows;

    public MountMotion(DateTimeOffset now) => Plan = [new Leg(now, default, default, AtZero, Tracks: false)];

    /// <summary>Raised with each new plan: the legs that replace everything from the first one's beginning on.</summary>
    public event Action<IReadOnlyList<Leg>>? Planned;

    /// <summary>What the axes did lately, do and will do.</summary>
    public ImmutableList<Leg> Plan { get; private set; }

    /// <summary>Speed of slews, degrees per second on each axis.</summary>
    public double SlewSpeed { get; set; } = 5;

    /// <summary>How long the mount takes from a command to the first motion, showing its old state meanwhile.</summary>
    public TimeSpan Lag { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The tracking rate, times sidereal.</summary>
    public double TrackingFactor { get; set; } = 1;

    /// <summary>True while the periodic error is corrected, which shows in the state digit only.</summary>
    public bool PlaysPec { get; set; }

    /// <summary>How far past the meridian the mount tracks, degrees.</summary>
    public double MeridianLimit { get; set; } = 15;

    /// <summary>What it does there: flip, or stop.</summary>
    public bool FlipsAtMeridian { get; set; }

    /// <summary>The mechanical state that the mount takes for its zero position.</summary>
    public AxisAngles ZeroPosition { get; set; }

    /// <summary>Some firmware goes on saying that it slews after it has parked.</summary>
    public bool ShowsSlewingWhenParked { get; set; }

    /// <summary>A mount that accepts commands and does nothing: the axes are jammed.</summary>
    public bool IsJammed { get; private set; }

    /// <summary>The primary angle at which tracking ends.</summary>
    private double LimitAngle => 90 + MeridianLimit;

    public Leg LegAt(DateTimeOffset time)
    {
        for (var i = Plan.Count - 1; i > 0; i--)
        {
            if (Plan[i].Since <= time)
                return Plan[i];
        }

        return Plan[0];
    }

    public AxisAngles At(DateTimeOffset time) => LegAt(time).At(time);

    public bool IsParkedAt(DateTimeOffset time) => ParkedSince <= time;

    /// <summary>When the last park ended, or will end.</summary>
    public DateTimeOffset ParkedSince { get; private set; } = DateTimeOffset.MaxValue;

    public bool IsSlewingAt(DateTimeOffset time) => LegAt(time).State is Slewing or Flipping && !IsParkedAt(time);

    /// <summary>Blocks the axes where they are, or sets them free: whatever was under way goes on from there as far as the mount knows.</summary>
    public void Jam(bool jammed, DateTimeOffset now)
    {
        if (jammed == IsJammed)
            return;
        var leg = LegAt(now);
        var isSlewing = IsSlewingAt(now);
        IsJammed = jammed;
        if (isSlewing && jammed)
            Replace([new Leg(now, leg.At(now), default, leg.State, leg.Tracks)], now);
        else
            Refresh(now);
    }

    public void SetTracking(bool on, DateTimeOffset now)
    {
        var leg = LegAt(now);
        if (IsSlewingAt(now))
        {
            // A slew goes on; what comes after it changes.
            Replace([.. Upcoming(now).Select(l => l with { Tracks = on })], now);
            return;
        }

        Follow(leg.At(now), on, now + Lag, now);
    }

    /// <summary>Plans tracking anew: after a change of rates, limits or the like.</summary>
    public void Refresh(DateTimeOffset now)
    {
        if (!IsSlewingAt(now) && !IsParkedAt(now))
            Follow(At(now), LegAt(now).Tracks, now, now);
    }

    public void Guide(bool primary, bool positive, double rate, TimeSpan duration, DateTimeOffset now)
    {
        if (IsSlewingAt(now) || IsParkedAt(now))
            return;
        _pulses[(primary, positive)] = (rate, now + duration);
        Follow(At(now), LegAt(now).Tracks, now, now);
    }

    /// <summary>Moves an axis by its arrow key; rate 0 lets go of it.</summary>
    public void Arrow(bool primary, double rate, DateTimeOffset now)
    {
        if (IsParkedAt(now) || IsSlewingAt(now))
            return;
        _arrows = primary ? _arrows with { Primary = rate } : _arrows with { Secondary = rate };
        Follow(At(now), LegAt(now).Tracks, now, now);
    }

    public void ReleaseArrows(DateTimeOffset now)
    {
        Arrow(primary: true, 0, now);
        Arrow(primary: false, 0, now);
    }

    /// <summary>Stops a slew; tracking goes on if it was on.</summary>
    public void StopSlew(DateTimeOffset now)
    {
        if (!IsSlewingAt(now))
            return;
        ParkedSince = DateTimeOffset.MaxValue;
        Follow(At(now), LegAt(now).Tracks, now, now);
    }

    public void Unpark(DateTimeOffset now)
    {
        if (!IsParkedAt(now))
            return;
        ParkedSince = DateTimeOffset.MaxValue;
        Follow(At(now), tracks: false, now + Lag, now);
    }

    /// <summary>Slews.</summary>
    /// <param name="target">The axes to go to, at a time of arrival: a star moves on meanwhile.</param>
    /// <param name="end">What the slew ends in.</param>
    /// <param name="speed">Degrees per second.</param>
    public void Slew(Func<DateTimeOffset, AxisAngles> target, SlewEnd end, double speed, DateTimeOffset now)
    {
        _pulses.Clear();
        _arrows = default;
        ParkedSince = DateTimeOffset.MaxValue;
        var before = LegAt(now);
        var from = before.At(now + Lag);
        var legs = new List<Leg>();
        if (Lag > TimeSpan.Zero)
            legs.Add(before with { Since = now, Angles = before.At(now) });
        var arrival = AddSlew(legs, from, target, speed, Slewing, before.Tracks, now + Lag, out var there);
        switch (end)
        {
            case var _ when arrival == DateTimeOffset.MaxValue:
                break;
            case SlewEnd.Track:
                AddFree(legs, there, tracks: true, arrival);
                break;
            case SlewEnd.Park:
                ParkedSince = arrival;
                legs.Add(new Leg(arrival, there, default, ShowsSlewingWhenParked ? Slewing : Parked, Tracks: false));
                break;
            default:
                AddFree(legs, there, tracks: false, arrival);
                break;
        }

        Replace(legs, now);
    }

    private IEnumerable<Leg> Upcoming(DateTimeOffset now)
    {
        var leg = LegAt(now);
        yield return leg with { Since = now, Angles = leg.At(now) };
        foreach (var next in Plan.Where(l => l.Since > now))
            yield return next;
    }

    private void Follow(AxisAngles from, bool tracks, DateTimeOffset since, DateTimeOffset now)
    {
        var legs = new List<Leg>();
        if (since > now)
        {
            var before = LegAt(now);
            legs.Add(before with { Since = now, Angles = before.At(now) });
            from = before.At(since);
        }

        AddFree(legs, from, tracks, since);
        Replace(legs, now);
    }

    /// <summary>Adds what the axes do while nothing slews: tracking, guide pulses, arrow keys, and the meridian in the end.</summary>
    private void AddFree(List<Leg> legs, AxisAngles from, bool tracks, DateTimeOffset since)
    {
        var time = since;
        var angles = from;
        foreach (var change in _pulses.Values.Select(p => p.Ends).Where(e => e > since).Order().Append(DateTimeOffset.MaxValue).Distinct())
        {
            var leg = Free(angles, tracks, time);
            legs.Add(leg);
            if (tracks && !IsJammed && leg.Rates.Primary > 0)
            {
                var toLimit = TimeSpan.FromSeconds(Math.Max(0, LimitAngle - angles.Primary) / leg.Rates.Primary);
                if (change == DateTimeOffset.MaxValue || time + toLimit < change)
                {
                    AddMeridian(legs, leg, time + toLimit);
                    return;
                }
            }

            if (change == DateTimeOffset.MaxValue)
                return;
            angles = leg.At(change);
            time = change;
        }
    }

    private Leg Free(AxisAngles angles, bool tracks, DateTimeOffset since)
    {
        var isGuiding = false;
        var rates = _arrows;
        if (tracks && _arrows.Primary == 0)
            rates = rates with { Primary = TrackingFactor * MountFrame.SiderealRate };
        foreach (var ((primary, _), (rate, ends)) in _pulses)
        {
            if (ends <= since)
                continue;
            isGuiding = true;
            rates += primary ? new AxisAngles(rate, 0) : new AxisAngles(0, rate);
        }

        if (IsJammed)
            rates = default;
        var isAtZero = Math.Abs(angles.Primary - ZeroPosition.Primary) < 1e-4 && Math.Abs(angles.Secondary - ZeroPosition.Secondary) < 1e-4 && rates == default;
        var state = tracks ? isGuiding ? Guiding : PlaysPec ? TrackingWithPec : Tracking : isAtZero ? AtZero : StoppedAway;
        return new Leg(since, angles, rates, state, tracks);
    }

    private void AddMeridian(List<Leg> legs, Leg leg, DateTimeOffset time)
    {
        var there = leg.At(time);
        if (!FlipsAtMeridian)
        {
            legs.Add(new Leg(time, there, default, StoppedAway, Tracks: false));
            return;
        }

        // The same direction from the other side: half a turn on the primary axis, the secondary mirrored; the sky moves on meanwhile.
        AxisAngles Other(DateTimeOffset at) =>
            new(there.Primary - 180 + (leg.Rates.Primary * (at - time).TotalSeconds), -there.Secondary);
        var arrival = AddSlew(legs, there, Other, SlewSpeed, Flipping, tracks: true, time, out var arrived);
        if (arrival != DateTimeOffset.MaxValue)
            legs.Add(Free(arrived, tracks: true, arrival));
    }

    private DateTimeOffset AddSlew(List<Leg> legs, AxisAngles from, Func<DateTimeOffset, AxisAngles> target, double speed, int state, bool tracks, DateTimeOffset begins, out AxisAngles there)
    {
        if (IsJammed)
        {
            legs.Add(new Leg(begins, from, default, state, tracks));
            there = from;
            return DateTimeOffset.MaxValue;
        }

        var arrival = begins;
        var way = default(AxisAngles);
        for (var round = 0; round < 8; round++)
        {
            way = target(arrival) - from;
            arrival = begins + TimeSpan.FromSeconds(Math.Max(Math.Abs(way.Primary), Math.Abs(way.Secondary)) / speed);
        }

        there = target(arrival);
        var rates = new AxisAngles(Math.Sign(way.Primary) * speed, Math.Sign(way.Secondary) * speed);
        legs.Add(new Leg(begins, from, rates, state, tracks));
        var isPrimaryFirst = Math.Abs(way.Primary) < Math.Abs(way.Secondary);
        var first = begins + TimeSpan.FromSeconds(Math.Min(Math.Abs(way.Primary), Math.Abs(way.Secondary)) / speed);
        if (first < arrival)
        {
            var angles = from + (rates * (first - begins).TotalSeconds);
            legs.Add(isPrimaryFirst
                ? new Leg(first, angles with { Primary = there.Primary }, rates with { Primary = 0 }, state, tracks)
                : new Leg(first, angles with { Secondary = there.Secondary }, rates with { Secondary = 0 }, state, tracks));
        }

        return arrival;
    }

    private void Replace(List<Leg> legs, DateTimeOffset now)
    {
        Plan = [.. Plan.Where(l => l.Since < now && l.Since > now - s_kept), .. legs];
        Planned?.Invoke(legs);
    }
}
