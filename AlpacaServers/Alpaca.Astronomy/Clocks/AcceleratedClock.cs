namespace Alpaca.Astronomy.Clocks;

/// <summary>
/// A clock that runs at a chosen multiple of real time, and at real rate while real work is under way (<see cref="ClockWork"/>), so that work
/// costs what it really costs. Processes that open the same file share one time and each other's holds. On a busy machine it waits for those
/// who wait for it: the night takes longer and stays the same night.
/// </summary>
public sealed class AcceleratedClock : TimeProvider, IWorkClock, IDisposable
{
    private const double NapSeconds = 400e-6;

    /// <summary>A grant is renewed about twice while it lasts: longer naps where time runs slowly enough.</summary>
    private const double ShortestGrant = 1.5e-3;
    private const double LongestGrant = 4e-3;

    private readonly ClockState _state;
    private readonly TimerQueue _timers;
    private readonly Lock _slotGate = new();

    /// <summary>How far ahead, in real seconds, this process lets time run while it waits for timers: about one virtual second, the most that a busy machine can make it miss.</summary>
    private readonly double _grantSeconds;
    private int _slot = -1;
    private Thread? _thread;
    private bool _disposed;
    private bool _waiting;
    private int _asked;
    private long _nextSweep;

    /// <summary>A clock of this process alone.</summary>
    /// <param name="startUtc">What it shows now.</param>
    /// <param name="rate">Virtual seconds per real second, above 0.</param>
    public AcceleratedClock(DateTimeOffset startUtc, double rate)
        : this(ClockState.Private(startUtc, Checked(rate)))
    {
    }

    private AcceleratedClock(ClockState state)
    {
        _state = state;
        _grantSeconds = Math.Clamp(1 / state.NominalRate, ShortestGrant, LongestGrant);
        _timers = new TimerQueue(() => _state.Now(out _, out _)) { Scheduled = OnScheduled };
    }

    /// <summary>Virtual seconds per real second at this moment: 1 while held.</summary>
    public double Rate
    {
        get
        {
            _state.Now(out var rate, out _);
            return rate;
        }
    }

    /// <summary>Virtual seconds per real second while nothing is held.</summary>
    public double NominalRate => _state.NominalRate;

    /// <summary>True while real work is under way in any process on this clock.</summary>
    public bool Held
    {
        get
        {
            Now(out _, out var held);
            return held;
        }
    }

    /// <summary>Timers of this process that wait for time to pass.</summary>
    public int PendingTimers => _timers.Count;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Makes a clock file that other processes can <see cref="Open"/>; replaces one that is there.</summary>
    public static AcceleratedClock Create(string path, DateTimeOffset startUtc, double rate) => new(ClockState.Create(path, startUtc, Checked(rate)));

    /// <summary>Joins the clock of another process.</summary>
    /// <exception cref="FileNotFoundException">Nobody has created it.</exception>
    public static AcceleratedClock Open(string path) => new(ClockState.Open(path));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Now(out _, out _), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Now(out _, out _);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _timers.Create(callback, state, dueTime, period);

    /// <inheritdoc/>
    public ValueTask<T> ComputeAsync<T>(Func<T> work)
    {
        var hold = Hold();
        return new ValueTask<T>(Task.Run(() =>
        {
            try
            {
                return work();
            }
            finally
            {
                hold.Dispose();
            }
        }));
    }

    /// <inheritdoc/>
    public IDisposable Hold()
    {
        AddHold(1);
        return new Release(() => AddHold(-1));
    }

    /// <summary>Gives this process's holds back and stops its timers. Time can still be read.</summary>
    public void Dispose()
    {
        lock (_slotGate)
        {
            if (_slot >= 0) _state.FreeSlot(_slot);
            _slot = -1;
            _disposed = true;
        }
        lock (_timers.Gate) Monitor.PulseAll(_timers.Gate);
    }

    private static double Checked(double rate)
    {
        if (!(rate > 0) || double.IsInfinity(rate)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate of a clock is a number above 0.");
        return rate;
    }

    private long Now(out double rate, out bool held)
    {
        var now = _state.Now(out rate, out held);
        if (_state.Shared && (held || _state.Stalled)) SweepOnceASecond();
        return now;
    }

    private void SweepOnceASecond()
    {
        var real = TimeProvider.System.GetTimestamp();
        var due = Volatile.Read(ref _nextSweep);
        if (real < due || Interlocked.CompareExchange(ref _nextSweep, real + TimeProvider.System.TimestampFrequency, due) != due) return;
        _state.Sweep();
    }

    private void AddHold(int change)
    {
        lock (_slotGate)
        {
            // After Dispose the slot and its holds are gone; the releases that follow have nothing left to give back.
            if (_slot < 0 && (change < 0 || _disposed)) return;
            if (_slot < 0) _slot = _state.TakeSlot();
            _state.AddHold(_slot, change);
        }
        lock (_timers.Gate) Monitor.PulseAll(_timers.Gate);
    }

    /// <summary>
    /// Lets time pass for another few milliseconds. It goes through the thread pool: when that is behind with its work, or this process gets no
    /// processor, the grant runs out and time stands still until what is due has been done.
    /// </summary>
    private void LetTimePass()
    {
        if (Interlocked.Exchange(ref _asked, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static clock =>
            {
                Volatile.Write(ref clock._asked, 0);
                lock (clock._slotGate)
                {
                    if (clock._waiting && clock._slot >= 0) clock._state.SetGrant(clock._slot, clock.GrantEnd());
                }
            },
            this,
            preferLocal: false);
    }

    /// <summary>Says whether this process waits for time to pass; one that waits for nothing does not keep time on a leash.</summary>
    private void Wait(bool waiting)
    {
        lock (_slotGate)
        {
            if (_disposed || _waiting == waiting) return;
            if (_slot < 0) _slot = _state.TakeSlot();
            _waiting = waiting;
            _state.SetGrant(_slot, waiting ? GrantEnd() : long.MaxValue);
        }
    }

    private long GrantEnd() => TimeProvider.System.GetTimestamp() + (long)(_grantSeconds * TimeProvider.System.TimestampFrequency);

    private void OnScheduled(long due)
    {
        if (_disposed) return;
        if (_thread is null)
        {
            _thread = new Thread(ServeTimers) { IsBackground = true, Name = "Accelerated clock" };
            _thread.Start();
        }
        Monitor.PulseAll(_timers.Gate);
    }

    private void ServeTimers()
    {
        while (true)
        {
            double wait;
            lock (_timers.Gate)
            {
                if (_disposed) return;
                var now = Now(out var rate, out _);
                while (_timers.TryTake(now, skipMissed: true, out var timer, out _))
                    ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), timer!, preferLocal: false);
                if (_timers.NextDue() is not { } due)
                {
                    Wait(false);
                    Monitor.Wait(_timers.Gate);
                    continue;
                }
                Wait(true);
                LetTimePass();
                wait = (due - now) / rate / TimeSpan.TicksPerSecond;
                // Never longer than half a grant, which has to be renewed; and another process may end its hold.
                if (wait > 1.5e-3 && _grantSeconds > 2e-3)
                {
                    Monitor.Wait(_timers.Gate, 1);
                    continue;
                }
            }
            // Short naps outside the lock, so that a timer set meanwhile is served at most one nap late.
            if (wait > 20e-6) Nap.For((long)(Math.Min(wait, NapSeconds) * 1e9));
            else Thread.SpinWait(20);
        }
    }
}
