using System.Runtime.ExceptionServices;

namespace Alpaca.Astronomy.Clocks;

/// <summary>
/// The deterministic clock: it owns a single-threaded loop on which everything runs, and its time jumps to the earliest timer whenever the
/// loop has nothing left to do. The same program takes the same steps in the same order every time.
/// </summary>
/// <remarks>
/// Code on this clock must not leave the loop: no <c>ConfigureAwait(false)</c>, no <c>Task.Run</c>; real work goes through
/// <see cref="ClockWork.ComputeAsync{T}"/>, child processes inside a <see cref="ClockWork.Hold"/>. A continuation that arrives from another
/// thread while nothing is held is counted in <see cref="StrayPosts"/>; <see cref="FirstStray"/> names it.
/// (<c>ChannelReader.ReadAllAsync</c> is such a case: it awaits without context inside the framework. Use WaitToReadAsync and TryRead.)
/// </remarks>
public sealed class VirtualClock : TimeProvider, IWorkClock
{
    private static readonly TimeSpan StrayGrace = TimeSpan.FromSeconds(1);

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly TimerQueue _timers;
    private readonly LoopContext _context;
    private long _now;
    private int _holds;
    private int _loopThread;

    /// <summary>A clock that shows <paramref name="startUtc"/>.</summary>
    /// <param name="startUtc">First instant.</param>
    /// <param name="limit">Longest virtual duration; a run that would pass it ends with a <see cref="TimeoutException"/>.</param>
    public VirtualClock(DateTimeOffset startUtc, TimeSpan? limit = null)
    {
        Start = startUtc.ToUniversalTime();
        Limit = limit ?? TimeSpan.MaxValue;
        _now = Start.Ticks;
        _timers = new TimerQueue(() => Volatile.Read(ref _now));
        _context = new LoopContext(this);
    }

    /// <summary>First instant.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Longest virtual duration from <see cref="Start"/>.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Longest real time to wait for held work without hearing from it before <see cref="Run"/> gives up.</summary>
    public TimeSpan HoldDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Continuations that came from other threads while nothing was held: each one is a source of irreproducible order.</summary>
    public int StrayPosts { get; private set; }

    /// <summary>What the first stray continuation was, or null.</summary>
    public string? FirstStray { get; private set; }

    /// <summary>Timers waiting for time to pass.</summary>
    public int PendingTimers => _timers.Count;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _timers.Create(callback, state, dueTime, period);

    /// <inheritdoc/>
    public ValueTask<T> ComputeAsync<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return ValueTask.FromResult(work());
        }
        catch (Exception error)
        {
            return ValueTask.FromException<T>(error);
        }
    }

    /// <inheritdoc/>
    public IDisposable Hold()
    {
        lock (_ready) _holds++;
        return new Release(() =>
        {
            lock (_ready)
            {
                _holds--;
                Monitor.Pulse(_ready);
            }
        });
    }

    /// <summary>Runs <paramref name="main"/> and everything it starts until it completes; its exception is thrown here.</summary>
    /// <exception cref="InvalidOperationException">Everything waits and no timer is left: a deadlock. Or called from the loop itself.</exception>
    /// <exception cref="TimeoutException">The virtual limit was passed, or held work stayed silent for <see cref="HoldDeadline"/>.</exception>
    public void Run(Func<Task> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        if (_loopThread != 0) throw new InvalidOperationException("The virtual clock is running already: await instead of calling Run again.");
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        _loopThread = Environment.CurrentManagedThreadId;
        try
        {
            var task = main();
            while (!task.IsCompleted) Step(task);
            if (task.IsFaulted) ExceptionDispatchInfo.Throw(task.Exception!.InnerException!);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            _loopThread = 0;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Step(Task main)
    {
        if (TryNext(out var next))
        {
            next.Callback(next.State);
            return;
        }
        if (_timers.NextDue() is not { } due)
        {
            if (!AwaitPost(StrayGrace) && !main.IsCompleted)
            {
                throw new InvalidOperationException(
                    $"Deadlock on the virtual clock at {GetUtcNow():u}: everything waits, and no timer is pending. " +
                    "Something awaits an event that nobody will raise, or ran off the loop (Task.Run, ConfigureAwait(false))." +
                    (FirstStray is null ? "" : $" First continuation from another thread: {FirstStray}."));
            }
            return;
        }
        if (due - Start.Ticks > Limit.Ticks)
            throw new TimeoutException($"The virtual clock would pass its limit of {Limit} after {Start:u}; next timer at {new DateTimeOffset(due, TimeSpan.Zero):u}.");
        if (!_timers.TryTake(due, skipMissed: false, out var timer, out _)) return;
        Volatile.Write(ref _now, Math.Max(_now, due));
        timer!.Fire();
    }

    /// <summary>Takes the next continuation; waits for one as long as something is held.</summary>
    private bool TryNext(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_ready)
        {
            while (!_ready.TryDequeue(out next))
            {
                if (_holds == 0) return false;
                if (!Monitor.Wait(_ready, HoldDeadline))
                    throw new TimeoutException($"Held work has not reported for {HoldDeadline} of real time: a child process or a computation hangs, or a hold was never released.");
            }
            return true;
        }
    }

    private bool AwaitPost(TimeSpan grace)
    {
        lock (_ready) return _ready.Count > 0 || _holds > 0 || Monitor.Wait(_ready, grace);
    }

    private void Post(SendOrPostCallback callback, object? state)
    {
        lock (_ready)
        {
            if (_holds == 0 && _loopThread != 0 && Environment.CurrentManagedThreadId != _loopThread)
            {
                StrayPosts++;
                FirstStray ??= (state as Delegate)?.Target?.GetType().ToString() ?? callback.Method.ToString();
            }
            _ready.Enqueue((callback, state));
            Monitor.Pulse(_ready);
        }
    }

    private sealed class LoopContext(VirtualClock clock) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => clock.Post(d, state);

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (Environment.CurrentManagedThreadId != clock._loopThread)
                throw new NotSupportedException("Send to the virtual clock's loop from another thread would block it; use Post.");
            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
