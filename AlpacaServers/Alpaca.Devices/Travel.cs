namespace Alpaca.Devices;

/// <summary>A motion at constant speed from one position to another: where it is at any time follows from when it began.</summary>
/// <param name="From">Where it began, in the mechanism's unit.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Speed">Units per second, above 0.</param>
/// <param name="Began">When.</param>
public readonly record struct Travel(double From, double To, double Speed, DateTimeOffset Began)
{
    /// <summary>When the motion ends.</summary>
    public DateTimeOffset Ends => Began + TimeSpan.FromSeconds(Math.Abs(To - From) / Speed);

    /// <summary>A mechanism at rest.</summary>
    public static Travel AtRest(double position, DateTimeOffset since) => new(position, position, 1, since);

    /// <summary>The position at a time: <see cref="From"/> before the motion, <see cref="To"/> after it.</summary>
    public double PositionAt(DateTimeOffset time)
    {
        if (time >= Ends)
            return To;
        var way = Math.Max(0, (time - Began).TotalSeconds) * Speed;
        return From + (Math.Sign(To - From) * way);
    }

    /// <summary>True until the end is reached.</summary>
    public bool IsMovingAt(DateTimeOffset time) => time < Ends;

    /// <summary>The motion broken off: at rest where it is.</summary>
    public Travel StoppedAt(DateTimeOffset time) => AtRest(PositionAt(time), time);

    /// <summary>A new motion from where this one is.</summary>
    public Travel RedirectedTo(double to, double speed, DateTimeOffset now) => new(PositionAt(now), to, speed, now);
}
