namespace Alpaca.Astronomy.Clocks;

/// <summary>
/// The pending timers of a clock, earliest first, ties in the order in which they were set. Times are ticks (100 ns) of the owner's own time.
/// Cancelled timers leave a dead entry behind which is dropped when met, or in bulk once most entries are dead.
/// </summary>
internal sealed class TimerQueue(Func<long> now)
{
    private readonly PriorityQueue<(ClockTimer Timer, long Version), (long Due, long Order)> _queue = new();
    private long _order;
    private int _live;

    /// <summary>Guards the queue; a waiting thread of the owner may wait on it.</summary>
    public object Gate { get; } = new();

    /// <summary>Called under <see cref="Gate"/> with the due time of a timer just set.</summary>
    public Action<long>? Scheduled { get; set; }

    /// <summary>Number of timers pending.</summary>
    public int Count
    {
        get
        {
            lock (Gate) return _live;
        }
    }

    public ITimer Create(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Due time of the earliest timer, or null.</summary>
    public long? NextDue()
    {
        lock (Gate)
        {
            while (_queue.TryPeek(out var entry, out var key))
            {
                if (entry.Version == entry.Timer.Version) return key.Due;
                _queue.Dequeue();
            }
            return null;
        }
    }

    /// <summary>Takes the earliest timer due at or before <paramref name="until"/> and, if it is periodic, sets it again.</summary>
    /// <param name="until">Latest due time to take.</param>
    /// <param name="skipMissed">True when time runs by itself: periods that were missed are left out instead of made up for.</param>
    /// <param name="fired">The timer to fire.</param>
    /// <param name="due">When it was due.</param>
    public bool TryTake(long until, bool skipMissed, out ClockTimer? fired, out long due)
    {
        lock (Gate)
        {
            if (NextDue() is not { } next || next > until)
            {
                (fired, due) = (null, 0);
                return false;
            }
            fired = _queue.Dequeue().Timer;
            due = next;
            fired.Version++;
            _live--;
            fired.Pending = false;
            if (fired.Period > 0)
            {
                var again = due + fired.Period;
                if (skipMissed && again <= until) again = until + fired.Period - ((until - due) % fired.Period);
                Enqueue(fired, again);
            }
            return true;
        }
    }

    internal bool Set(ClockTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        var due = Checked(dueTime, nameof(dueTime));
        var every = Checked(period, nameof(period));
        lock (Gate)
        {
            if (timer.Disposed) return false;
            Cancel(timer);
            timer.Period = every > 0 ? every : 0;
            if (due >= 0) Enqueue(timer, now() + due);
            return true;
        }
    }

    internal void Remove(ClockTimer timer)
    {
        lock (Gate)
        {
            timer.Disposed = true;
            Cancel(timer);
        }
    }

    private void Cancel(ClockTimer timer)
    {
        timer.Version++;
        if (!timer.Pending) return;
        timer.Pending = false;
        _live--;
        if (_queue.Count > (2 * _live) + 64) Compact();
    }

    private void Enqueue(ClockTimer timer, long due)
    {
        timer.Pending = true;
        _live++;
        _queue.Enqueue((timer, timer.Version), (due, _order++));
        Scheduled?.Invoke(due);
    }

    private void Compact()
    {
        var live = _queue.UnorderedItems.Where(item => item.Element.Version == item.Element.Timer.Version).ToArray();
        _queue.Clear();
        foreach (var (entry, key) in live) _queue.Enqueue(entry, key);
    }

    private static long Checked(TimeSpan span, string name)
    {
        if (span == Timeout.InfiniteTimeSpan) return -1;
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        return span.Ticks;
    }
}
