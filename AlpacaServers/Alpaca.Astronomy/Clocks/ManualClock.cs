namespace Alpaca.Astronomy.Clocks;

/// <summary>A clock that stands still until <see cref="Advance"/> moves it. Timers fire on the caller's thread, in order of their due times.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly TimerQueue _timers;
    private long _now;

    /// <summary>A clock that shows <paramref name="startUtc"/>.</summary>
    public ManualClock(DateTimeOffset startUtc)
    {
        _now = startUtc.UtcTicks;
        _timers = new TimerQueue(() => Volatile.Read(ref _now));
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Number of timers waiting for time to pass.</summary>
    public int PendingTimers => _timers.Count;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _timers.Create(callback, state, dueTime, period);

    /// <summary>Moves the clock forward by <paramref name="by"/> (zero or more) and fires what falls due on the way, each timer at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = _now + by.Ticks;
        while (_timers.TryTake(target, skipMissed: false, out var timer, out var due))
        {
            Volatile.Write(ref _now, Math.Max(_now, due));
            timer!.Fire();
        }
        Volatile.Write(ref _now, Math.Max(_now, target));
    }
}
