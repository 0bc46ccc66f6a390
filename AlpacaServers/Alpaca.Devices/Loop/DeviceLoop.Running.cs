using Alpaca.Contract;
using Alpaca.Devices.Links;
using Microsoft.Extensions.Logging;

namespace Alpaca.Devices.Loop;

/// <summary>What happens on the loop itself.</summary>
public sealed partial class DeviceLoop<TProtocol, TState>
{
    /// <summary>A call on the link that does not come back so long after its deadline is left behind, and the link with it.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly List<Watched> _motions = [];
    private Session? _session;
    private DateTimeOffset _nextPoll;
    private DateTimeOffset _nextSlow;
    private int _failures;

    private async ValueTask<Session> ConnectAsync(CancellationToken cancel)
    {
        var link = await _driver.OpenAsync(_timing.OpenDeadline, cancel);
        try
        {
            var session = new Session(link, _driver.Speak(link));
            _session = session;
            string who = "";
            TState? state = null;
            await WithinAsync(link, "identifying the device", _timing.IdentifyDeadline, async c =>
            {
                who = await _driver.IdentifyAsync(session.Protocol, c);
                if (Identification is { } expected && who != expected)
                    throw new LinkException(LinkFault.WrongDevice, link.Name, $"another device answers here: {who}, where {expected} was before. Plug that one in again, or disconnect and connect to accept this one");
                state = await _driver.PollAsync(session.Protocol, null, c);
                state = await _driver.PollSlowAsync(session.Protocol, state, c);
            }, cancel: cancel);
            Identification = who;
            _failures = 0;
            _nextPoll = _clock.GetUtcNow() + _timing.Poll;
            _nextSlow = _clock.GetUtcNow() + _timing.PollSlow;
            Counters.CountReading();
            Publish(state!);
            return session;
        }
        catch
        {
            _session = null;
            await link.DisposeAsync();
            throw;
        }
    }

    private async Task RunAsync(Run run, Session session)
    {
        while (true)
        {
            LinkException? loss = null;
            try
            {
                await ServeAsync(run, session);
            }
            catch (LinkException e)
            {
                loss = e;
            }

            _session = null;
            await session.Link.DisposeAsync();
            if (loss is null)
            {
                foreach (var watched in _motions)
                    watched.Motion.Clear();
                _motions.Clear();
                RefuseAll(AlpacaException.NotConnected(_driver.Name));
                run.Report(null);
                return;
            }

            Lose(loss);
            if (await RecoverAsync(run) is not { } found)
            {
                RefuseAll(AlpacaException.NotConnected(_driver.Name));
                return;
            }

            session = found;
        }
    }

    /// <summary>Serves until told to stop; throws when the link is lost.</summary>
    private async ValueTask ServeAsync(Run run, Session session)
    {
        _driver.OnFound();
        while (!run.IsStopping)
        {
            while (NextJob() is { } job)
                await CarryOutAsync(job, session);
            if (run.IsStopping)
                return;
            var now = _clock.GetUtcNow();
            if (now >= _nextPoll)
                await ReadAsync(session, now);
            else
                await IdleAsync(session, _nextPoll - now);
        }
    }

    private LoopJob<TProtocol>? NextJob()
    {
        lock (_gate)
        {
            if (_urgent.TryDequeue(out var job))
                return job;

            // Commands without pause must not keep the state from being read.
            return _clock.GetUtcNow() < _nextPoll + _timing.Poll && _waiting.TryDequeue(out job) ? job : null;
        }
    }

    private async ValueTask CarryOutAsync(LoopJob<TProtocol> job, Session session)
    {
        try
        {
            await WithinAsync(session.Link, job.Name, job.Deadline, c => job.Work(session.Protocol, c), isAbort: job.IsAbort);
            _failures = 0;
            _nextPoll = Earlier(_nextPoll, _clock.GetUtcNow() + Pace());
            job.Done.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            job.Done.TrySetException(new AlpacaException(AlpacaError.OperationCancelled, $"{_driver.Name}: {job.Name} was broken off."));
        }
        catch (LinkException e)
        {
            // The state is known to be in doubt before the caller hears of the failure.
            var lost = CountFailure(e);
            if (lost is not null)
                Volatile.Write(ref _loss, lost);
            job.Done.TrySetException(e.ToAlpaca(_driver.Name));
            if (lost is not null)
                throw lost;
        }
        catch (Exception e)
        {
            job.Done.TrySetException(e);
        }
    }

    private async ValueTask ReadAsync(Session session, DateTimeOffset now)
    {
        try
        {
            await WithinAsync(session.Link, "reading the device", _timing.CommandDeadline, async c =>
            {
                var state = await _driver.PollAsync(session.Protocol, _published?.Snapshot.Value, c);
                if (now >= _nextSlow)
                {
                    state = await _driver.PollSlowAsync(session.Protocol, state, c);
                    _nextSlow = _clock.GetUtcNow() + _timing.PollSlow;
                }

                Counters.CountReading();
                Publish(state);
            });
            _failures = 0;
            await JudgeMotionsAsync(session);
        }
        catch (OperationCanceledException)
        {
            // An abort, or the end: the reading is made up for.
        }
        catch (LinkException e)
        {
            if (CountFailure(e) is { } lost)
                throw lost;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidCastException or IndexOutOfRangeException)
        {
            // A reply that the protocol class could not read and did not refuse properly: the state was not changed by it.
            if (CountFailure(new LinkException(LinkFault.Malformed, session.Link.Name, $"a reply could not be read ({e.Message})", cause: e)) is { } lost)
                throw lost;
        }

        _nextPoll = _clock.GetUtcNow() + Pace();
    }

    private async ValueTask IdleAsync(Session session, TimeSpan atMost)
    {
        using var timer = _clock.CreateTimer(_ => _wake.Set(), null, atMost, Timeout.InfiniteTimeSpan);
        var woken = _wake.WaitAsync();
        if (_driver.Listen is { } listen)
        {
            using var enough = new CancellationTokenSource();
            while (!woken.IsCompleted)
            {
                var listening = listen(session.Protocol, _published!.Snapshot.Value, enough.Token).AsTask();
                await Task.WhenAny(listening, woken);
                if (woken.IsCompleted)
                    enough.Cancel();
                try
                {
                    Publish(await listening);
                    _failures = 0;
                    await JudgeMotionsAsync(session);
                }
                catch (OperationCanceledException)
                {
                    // Something else is to be done.
                }
                catch (LinkException e) when (!e.IsLoss)
                {
                    if (CountFailure(e) is { } lost)
                        throw lost;
                }
            }
        }

        await woken;
    }

    /// <summary>Runs exchanges under a deadline, so that an abort and the end can break them off, and so that a call that never returns is left behind.</summary>
    private async ValueTask WithinAsync(
        ILink link, string what, TimeSpan deadline, Func<CancellationToken, ValueTask> exchanges, bool isAbort = false, CancellationToken cancel = default)
    {
        using var late = new CancellationTokenSource(deadline, link.Time);
        using var current = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        lock (_gate)
            (_current, _isAborting) = (current, isAbort);
        try
        {
            await exchanges(current.Token).AsTask().WaitAsync(deadline + s_grace, link.Time, CancellationToken.None);
        }
        catch (TimeoutException e)
        {
            throw new LinkException(LinkFault.Lost, link.Name, $"the port does not come back from a call while {what}; it is closed and opened again", deadline: deadline, cause: e);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw new LinkException(LinkFault.Timeout, link.Name, $"{what} did not end", deadline: deadline, cause: e);
        }
        finally
        {
            lock (_gate)
                (_current, _isAborting) = (null, false);
        }
    }

    /// <summary>Counts a failed exchange; the loss of the link if it was one too many.</summary>
    private LinkException? CountFailure(LinkException failure)
    {
        if (failure.Fault is LinkFault.Rejected)
            return null;
        Counters.CountFailure();
        _failures++;
        return failure.IsLoss || failure.Fault is LinkFault.WrongDevice || _failures >= _timing.FaultAfter ? failure : null;
    }

    private void Lose(LinkException loss)
    {
        Volatile.Write(ref _loss, loss);
        Counters.CountLoss();
        _log.LogError("{Device} has lost its hardware: {Reason} Looking for it.", _driver.Name, loss.Message);
        foreach (var watched in _motions)
            watched.Motion.Fail(new AlpacaException(loss.Number, $"{_driver.Name}: the link was lost during the {watched.Motion.Name}; where it ended is not known. {loss.Message}", loss));
        _motions.Clear();
        _driver.OnLost();
        RefuseAll(new AlpacaException(AlpacaError.NotConnected, $"{_driver.Name} has lost its hardware. {loss.Message}", loss));
    }

    private async ValueTask<Session?> RecoverAsync(Run run)
    {
        for (var attempt = 0; !run.IsStopping; attempt++)
        {
            var pause = _timing.Backoff[Math.Min(attempt, _timing.Backoff.Count - 1)];
            using (_clock.CreateTimer(_ => _wake.Set(), null, pause, Timeout.InfiniteTimeSpan))
                await _wake.WaitAsync();
            if (run.IsStopping)
                break;
            try
            {
                var session = await ConnectAsync(run.Stopping);
                Volatile.Write(ref _loss, null);
                Counters.CountRecovery();
                _log.LogWarning("{Device} is back: {Identification}.", _driver.Name, Identification);
                run.Report(null);
                return session;
            }
            catch (LinkException e)
            {
                Volatile.Write(ref _loss, e);
                run.Report(e);
            }
            catch (OperationCanceledException)
            {
                // The end came meanwhile.
            }
            catch (Exception e)
            {
                // A bug in the driver's first reading must not end the search, nor stay unseen.
                _log.LogError(e, "{Device}: looking for the hardware failed unexpectedly.", _driver.Name);
                run.Report(new LinkException(LinkFault.Malformed, _driver.Name, e.Message, cause: e));
            }
        }

        run.Report(new LinkException(LinkFault.Lost, _driver.Name, "disconnected"));
        return null;
    }

    private void Watch(Motion motion, MotionPlan<TProtocol, TState> plan)
    {
        _motions.RemoveAll(w => w.Motion == motion);
        _motions.Add(new Watched(motion, plan, _clock.GetUtcNow() + plan.Deadline));
    }

    private async ValueTask JudgeMotionsAsync(Session session)
    {
        var state = _published!.Snapshot.Value;
        foreach (var watched in _motions.ToArray())
        {
            if (watched.Plan.HasEnded(state))
            {
                _motions.Remove(watched);
                if (watched.Plan.Verify(state) is { } wrong)
                    watched.Motion.Fail(new AlpacaException(DriverError.MoveTimeout, $"{_driver.Name}: {wrong}"));
                else
                    watched.Motion.End();
            }
            else if (_clock.GetUtcNow() > watched.Deadline)
            {
                _motions.Remove(watched);
                watched.Motion.Fail(new AlpacaException(DriverError.MoveTimeout, FormattableString.Invariant(
                    $"{_driver.Name}: the {watched.Motion.Name} did not end within {watched.Plan.Deadline.TotalSeconds:0} s. Look at the hardware before moving it again.")));
                if (watched.Plan.Stop is { } stop)
                    await WithinAsync(session.Link, $"stopping the {watched.Motion.Name}", _timing.CommandDeadline, c => stop(session.Protocol, c));
            }
        }
    }

    private void EndMotions()
    {
        foreach (var watched in _motions)
            watched.Motion.End();
        _motions.Clear();
    }

    private TimeSpan Pace() => _motions.Count > 0 || (_published is { } p && _driver.IsMoving(p.Snapshot.Value)) ? _timing.PollMoving : _timing.Poll;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private sealed record Watched(Motion Motion, MotionPlan<TProtocol, TState> Plan, DateTimeOffset Deadline);
}
