using Alpaca.Contract;
using Alpaca.Devices.Links;
using Microsoft.Extensions.Logging;

namespace Alpaca.Devices.Loop;

/// <summary>
/// The single owner of a link: it opens the port, makes sure that the right device answers, reads it at its pace, carries out commands one after the
/// other, and when the link is lost it says so at once and looks for the device until it is back.
/// </summary>
/// <typeparam name="TProtocol">The device's protocol.</typeparam>
/// <typeparam name="TState">The device's state, immutable.</typeparam>
/// <remarks>
/// Any thread may ask for a command or the state; everything that touches the link happens on the loop. It runs on whatever context it was started
/// on: on a virtual clock it is deterministic.
/// </remarks>
public sealed partial class DeviceLoop<TProtocol, TState>
    where TProtocol : class
    where TState : class
{
    private static readonly TimeSpan s_stopping = TimeSpan.FromSeconds(4);

    private readonly ILoopDriver<TProtocol, TState> _driver;
    private readonly TimeProvider _clock;
    private readonly LoopTiming _timing;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Queue<LoopJob<TProtocol>> _urgent = new();
    private readonly Queue<LoopJob<TProtocol>> _waiting = new();
    private readonly WakeUp _wake = new();
    private Published? _published;
    private LinkException? _loss;
    private CancellationTokenSource? _current;
    private bool _isAborting;
    private Run? _run;

    /// <param name="driver">The device.</param>
    /// <param name="clock">What the pace of reading and the deadlines of motions run on.</param>
    /// <param name="timing">Pace and deadlines.</param>
    /// <param name="log">Where the loss of the link and its return are reported, once each.</param>
    public DeviceLoop(ILoopDriver<TProtocol, TState> driver, TimeProvider clock, LoopTiming timing, ILogger log)
    {
        (_driver, _clock, _timing, _log) = (driver, clock, timing, log);
    }

    /// <summary>What happened since the program began.</summary>
    public LoopCounters Counters { get; } = new();

    /// <summary>Who answered when the link was opened; null before.</summary>
    public string? Identification { get; private set; }

    /// <summary>Why there is no link although there should be one; null while there is.</summary>
    public LinkException? Loss => Volatile.Read(ref _loss);

    /// <summary>Commands that wait.</summary>
    public int QueueDepth
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>The newest state, however old; null before the first.</summary>
    public Snapshot<TState>? Last => Volatile.Read(ref _published)?.Snapshot;

    /// <summary>The state, if it is fresh.</summary>
    /// <exception cref="AlpacaException">NotConnected while there is no link; a driver error if nothing was heard for longer than allowed.</exception>
    public Snapshot<TState> Fresh()
    {
        ThrowIfLost();
        var published = Volatile.Read(ref _published) ?? throw AlpacaException.NotConnected(_driver.Name);
        var age = published.Time.GetElapsedTime(published.Stamp);
        return age <= _timing.StaleAfter
            ? published.Snapshot
            : throw new AlpacaException(DriverError.LinkTimeout, FormattableString.Invariant($"{_driver.Name} has not answered for {age.TotalSeconds:0.0} s; what was last read is too old to be given. Check its power and cable."));
    }

    /// <summary>Opens the port, identifies the device, reads it once, and starts to serve.</summary>
    /// <exception cref="LinkException">It cannot be opened, does not answer, or is the wrong device.</exception>
    public async ValueTask StartAsync(CancellationToken cancel)
    {
        Identification = null;
        var session = await ConnectAsync(cancel);
        Volatile.Write(ref _loss, null);
        var run = new Run(new CancellationTokenSource());
        _run = run;
        run.Ended = RunAsync(run, session);
    }

    /// <summary>Ends serving and closes the port. Commands that wait are refused, one under way is broken off.</summary>
    public async ValueTask StopAsync()
    {
        if (Interlocked.Exchange(ref _run, null) is not { } run)
            return;
        var time = _session?.Link.Time ?? _clock;
        run.Stop();
        BreakOff();
        _wake.Set();
        try
        {
            await run.Ended.WaitAsync(s_stopping, time);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("{Device}: the port does not come back from a call; it is left behind.", _driver.Name);
        }

        Volatile.Write(ref _published, null);
        Volatile.Write(ref _loss, null);
    }

    /// <summary>Looks for a lost device now instead of at the next attempt, and waits for the outcome.</summary>
    /// <exception cref="LinkException">It is still not there.</exception>
    public async ValueTask RetryAsync()
    {
        if (_run is not { } run || Loss is null)
            return;
        var outcome = run.NextAttempt;
        _wake.Set();
        if (await outcome is { } failure)
            throw failure;
    }

    /// <summary>Carries out a command and waits until the device has taken it.</summary>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="work">The exchanges. It may <see cref="Publish"/> what it changed.</param>
    /// <param name="cancel">Gives up waiting; a command under way is finished all the same.</param>
    /// <exception cref="AlpacaException">There is no link, too many commands wait, or the device refused or did not answer.</exception>
    public async ValueTask DoAsync(string name, Func<TProtocol, CancellationToken, ValueTask> work, CancellationToken cancel = default)
    {
        var job = new LoopJob<TProtocol>(name, work, _timing.CommandDeadline);
        Enqueue(_waiting, job);
        await OutcomeAsync(job, cancel);
    }

    /// <summary>Starts a motion: carries out the command, then watches the state until it has ended well, failed, or taken too long.</summary>
    /// <param name="motion">What tells clients about it; under way before the command is sent.</param>
    /// <param name="work">The exchanges that start it.</param>
    /// <param name="plan">How its end is recognised and checked.</param>
    /// <param name="cancel">Gives up waiting for the command.</param>
    /// <exception cref="AlpacaException">As <see cref="DoAsync"/>; the motion then counts as not begun.</exception>
    public async ValueTask StartAsync(Motion motion, Func<TProtocol, CancellationToken, ValueTask> work, MotionPlan<TProtocol, TState> plan, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(motion);
        var before = motion.Begin();
        try
        {
            await DoAsync(
                motion.Name,
                async (protocol, c) =>
                {
                    await work(protocol, c);
                    Watch(motion, plan);
                },
                cancel);
        }
        catch
        {
            motion.TakeBack(before);
            throw;
        }
    }

    /// <summary>
    /// Starts a motion that the driver itself keeps going, for mechanisms that move only while they are told to: <paramref name="work"/> is the whole
    /// motion, has the link to itself, and must <see cref="Publish"/> what it learns. It counts as failed if it throws.
    /// </summary>
    /// <param name="motion">What tells clients about it.</param>
    /// <param name="work">The exchanges, from the beginning to the verified end.</param>
    /// <param name="deadline">How long that may take, on the link's time.</param>
    /// <param name="overtakes">True to break off whatever is under way and refuse what waits, as closing a dome does.</param>
    /// <returns>Completes when the motion has ended, well or not; never fails.</returns>
    /// <exception cref="AlpacaException">There is no link, or too many commands wait; the motion then counts as not begun.</exception>
    public Task Drive(Motion motion, Func<TProtocol, CancellationToken, ValueTask> work, TimeSpan deadline, bool overtakes = false)
    {
        ArgumentNullException.ThrowIfNull(motion);
        var before = motion.Begin();
        var job = new LoopJob<TProtocol>(motion.Name, work, deadline);
        try
        {
            if (overtakes)
                RefuseAll(new AlpacaException(AlpacaError.OperationCancelled, $"{_driver.Name}: the command was cancelled by the {motion.Name}."));
            Enqueue(overtakes ? _urgent : _waiting, job);
        }
        catch
        {
            motion.TakeBack(before);
            throw;
        }

        if (overtakes)
            BreakOff();
        return FollowAsync(motion, job);
    }

    /// <summary>
    /// Overtakes everything: breaks off the exchange under way, refuses the commands that wait, and carries out <paramref name="work"/> (the device's stop
    /// command). All motions then count as ended.
    /// </summary>
    public async ValueTask AbortAsync(string name, Func<TProtocol, CancellationToken, ValueTask> work, CancellationToken cancel = default)
    {
        var job = new LoopJob<TProtocol>(
            name,
            async (protocol, c) =>
            {
                await work(protocol, c);
                EndMotions();
            },
            _timing.CommandDeadline,
            isAbort: true);
        RefuseAll(new AlpacaException(AlpacaError.OperationCancelled, $"{_driver.Name}: the command was cancelled by {name}."));
        Enqueue(_urgent, job);
        BreakOff();
        await OutcomeAsync(job, cancel);
    }

    /// <summary>Makes a new state known. Only from the loop: in a command, a reading, or while listening.</summary>
    public void Publish(TState state)
    {
        var sequence = (Volatile.Read(ref _published)?.Snapshot.Sequence ?? 0) + 1;
        var time = _session?.Link.Time ?? _clock;
        Volatile.Write(ref _published, new Published(new Snapshot<TState>(state, _clock.GetUtcNow(), sequence), time, time.GetTimestamp()));
    }

    private static async ValueTask OutcomeAsync(LoopJob<TProtocol> job, CancellationToken cancel)
    {
        await using var registration = cancel.UnsafeRegister(_ => job.Done.TrySetCanceled(cancel), null);
        await job.Done.Task;
    }

    private static async Task FollowAsync(Motion motion, LoopJob<TProtocol> job)
    {
        try
        {
            await job.Done.Task;
            motion.End();
        }
        catch (AlpacaException e) when (e.Error == AlpacaError.OperationCancelled)
        {
            motion.End();
        }
        catch (Exception e)
        {
            motion.Fail(e as AlpacaException ?? new AlpacaException(AlpacaError.Driver, $"The {motion.Name} failed unexpectedly: {e.Message}", e));
        }
    }

    private void Enqueue(Queue<LoopJob<TProtocol>> queue, LoopJob<TProtocol> job)
    {
        lock (_gate)
        {
            ThrowIfLost();
            if (_run is null)
                throw AlpacaException.NotConnected(_driver.Name);
            if (queue.Count >= _timing.QueueLength)
            {
                Counters.CountRefusal();
                throw AlpacaException.InvalidOperation($"{_driver.Name} is busy: {queue.Count} commands are waiting already. Wait until they are done.");
            }

            queue.Enqueue(job);
        }

        _wake.Set();
    }

    private void RefuseAll(AlpacaException reason)
    {
        List<LoopJob<TProtocol>> refused;
        lock (_gate)
        {
            refused = [.. _urgent, .. _waiting];
            _urgent.Clear();
            _waiting.Clear();
        }

        foreach (var job in refused)
            job.Done.TrySetException(reason);
    }

    /// <summary>Cancels what is under way, unless it is an abort.</summary>
    private void BreakOff()
    {
        lock (_gate)
        {
            if (!_isAborting)
                _current?.Cancel();
        }
    }

    private void ThrowIfLost()
    {
        if (Loss is { } loss)
            throw new AlpacaException(AlpacaError.NotConnected, $"{_driver.Name} has lost its hardware and is looking for it. {loss.Message}", loss);
    }

    private sealed record Published(Snapshot<TState> Snapshot, TimeProvider Time, long Stamp);

    private sealed record Session(ILink Link, TProtocol Protocol);

    private sealed class Run(CancellationTokenSource stop)
    {
        private TaskCompletionSource<LinkException?> _attempt = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsStopping => stop.IsCancellationRequested;

        public CancellationToken Stopping => stop.Token;

        public Task Ended { get; set; } = Task.CompletedTask;

        public Task<LinkException?> NextAttempt => Volatile.Read(ref _attempt).Task;

        public void Stop() => stop.Cancel();

        public void Report(LinkException? outcome) =>
            Interlocked.Exchange(ref _attempt, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(outcome);
    }
}
