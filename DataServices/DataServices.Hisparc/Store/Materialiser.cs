using DataServices.Hisparc.Log;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Store;

/// <summary>Carries the log over into the day files, many batches at a time.</summary>
public sealed class Materialiser
{
    private const long BytesAtOnce = 16 * 1024 * 1024;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan _firstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestRetry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _patienceWithReaders = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _housekeeping = TimeSpan.FromMinutes(1);

    private readonly WriteAheadLog _log;
    private readonly DayStore _store;
    private readonly StoreOptions _options;
    private readonly HisparcMetrics _metrics;
    private readonly Alarms _alarms;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Dictionary<DateOnly, Waiting> _waiting = [];
    private readonly Lock _gate = new();
    private LogPosition _position;
    private LogPosition _checkpoint;
    private DateTimeOffset? _oldest;
    private DateTimeOffset _heartbeat;
    private long? _keptHouse;

    public Materialiser(WriteAheadLog log, DayStore store, StoreOptions options, HisparcMetrics metrics, Alarms alarms, TimeProvider clock, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(store);
        _log = log;
        _store = store;
        _options = options;
        _metrics = metrics;
        _alarms = alarms;
        _clock = clock;
        _logger = logger;
        _position = store.Journal.Checkpoint is { } checkpoint && checkpoint >= log.Start ? checkpoint : log.Start;
        _checkpoint = _position;
    }

    /// <summary>Everything before this position is in the files. May be asked from any thread.</summary>
    public LogPosition Checkpoint
    {
        get
        {
            lock (_gate)
                return _checkpoint;
        }
    }

    /// <summary>When the oldest batch that is not yet in a file came; null when all are.</summary>
    public DateTimeOffset? OldestWaiting
    {
        get
        {
            lock (_gate)
                return _oldest;
        }

        private set
        {
            lock (_gate)
                _oldest = value;
        }
    }

    /// <summary>Last sign of life.</summary>
    public DateTimeOffset Heartbeat
    {
        get
        {
            lock (_gate)
                return _heartbeat;
        }

        private set
        {
            lock (_gate)
                _heartbeat = value;
        }
    }

    /// <summary>Files that are not as they were left are made anew.</summary>
    public void Recover() => _store.Recover(_position);

    /// <summary>Works until cancelled, then until everything acknowledged is in the files that can be written.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Heartbeat = _clock.GetUtcNow();
            var begun = _clock.GetTimestamp();
            try
            {
                var more = Round();

                // First as soon as everything there was is carried over: a service that never runs for long keeps house too.
                if (_keptHouse is { } kept ? _clock.GetElapsedTime(kept) >= _housekeeping : !more)
                {
                    _keptHouse = _clock.GetTimestamp();
                    KeepHouse();
                }
            }
            catch (Exception error)
            {
                // The writer goes on whatever happens: the log keeps what is acknowledged, and the operator is told.
                _alarms.Raise("materialiser", $"Day files cannot be written: {error.Message}");
            }

            try
            {
                // Small batches gather for a moment, so that a file is opened and flushed for many of them at once.
                var rest = _pause - _clock.GetElapsedTime(begun);
                if (rest > TimeSpan.Zero && _log.Bytes(_position, _log.End) < BytesAtOnce / 2)
                    await Task.Delay(rest, _clock, stop);
                if (_position >= _log.End)
                    _ = await _log.WaitForGrowthAsync(TimeSpan.FromSeconds(1), stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    /// <summary>Carries over everything there is.</summary>
    /// <returns>Days that have to wait, with the reason.</returns>
    public IReadOnlyList<string> Drain()
    {
        while (Round())
        {
        }

        return [.. _waiting.Values.Select(waiting => waiting.Reason)];
    }

    /// <summary>Carries over the next batches.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Round()
    {
        RetryWaiting();
        var days = new Dictionary<DateOnly, Work>();
        long bytes = 0;
        var next = _position;
        OldestWaiting = _waiting.Values.Select(waiting => (DateTimeOffset?)waiting.Since).Min();
        var chunk = new List<(LogRecord Record, LogPosition At)>();
        foreach (var (record, at, after) in _log.Read(_position))
        {
            OldestWaiting = OldestWaiting is { } oldest && oldest < record.Received ? oldest : record.Received;
            chunk.Add((record, at));
            next = after;
            if ((bytes += record.Data.Length) >= BytesAtOnce)
                break;
        }

        // Reading pickles is most of the work, and each can be read by itself.
        foreach (var (record, at, read) in chunk.AsParallel().AsOrdered().Select(item => (item.Record, item.At, _store.Reader.Read(item.Record))))
        {
            foreach (var (day, events) in read)
            {
                if (!days.TryGetValue(day, out var work))
                    days[day] = work = new Work(at, [], record.Received);

                // What a file has already is not repeated: after a crash the log is read again from a little before.
                if (_store.Journal.Find(day) is not { } entry || at >= entry.Applied)
                    work.Batches.Add(events);
            }
        }

        if (next == _position)
        {
            // A segment that is finished: the next one has another number.
            var end = _log.End;
            if (_position.Segment < end.Segment)
            {
                _position = new LogPosition(_position.Segment + 1, LogSegment.Magic.Length);
                Advance();
                return true;
            }

            return false;
        }

        foreach (var (day, work) in days.Where(pair => pair.Value.Batches.Count > 0))
            ApplyOrWait(day, work, next);
        _position = next;
        Advance();
        _store.Journal.Checkpoint = Checkpoint;
        if (_waiting.Count == 0)
            OldestWaiting = null;
        _alarms.Clear("materialiser");
        return true;
    }

    private void ApplyOrWait(DateOnly day, Work work, LogPosition next)
    {
        if (_waiting.ContainsKey(day))
            return;
        try
        {
            _store.Apply(day, work.Batches, work.First, next, stepAside: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _metrics.Count("deferred_total");
            _alarms.Raise(Subject(day), error.Message);
            _waiting[day] = new Waiting(work.First, work.Since, error.Message, _firstRetry, _clock.GetTimestamp(), _clock.GetTimestamp());
        }
    }

    private void RetryWaiting()
    {
        foreach (var (day, waiting) in _waiting.ToList())
        {
            if (_clock.GetElapsedTime(waiting.Tried) < waiting.Pause)
                continue;
            try
            {
                CatchUp(day, waiting.From, _clock.GetElapsedTime(waiting.Began) > _patienceWithReaders);
                _waiting.Remove(day);
                Advance();
                _alarms.Clear(Subject(day));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                _alarms.Raise(Subject(day), error.Message);
                var pause = waiting.Pause * 2 < _longestRetry ? waiting.Pause * 2 : _longestRetry;
                _waiting[day] = waiting with { Reason = error.Message, Pause = pause, Tried = _clock.GetTimestamp() };
            }
        }
    }

    private void CatchUp(DateOnly day, LogPosition from, bool stepAside)
    {
        var batches = new List<StationEvents>();
        var first = from;
        var next = from;
        long bytes = 0;
        foreach (var (record, at, after) in _log.Read(from).TakeWhile(item => item.At < _position))
        {
            if (_store.Reader.Read(record).TryGetValue(day, out var events) && (_store.Journal.Find(day) is not { } entry || at >= entry.Applied))
                batches.Add(events);
            next = after;
            if ((bytes += record.Data.Length) < BytesAtOnce)
                continue;
            if (batches.Count > 0)
                _store.Apply(day, batches, first, next, stepAside);
            batches.Clear();
            bytes = 0;
            first = next;
            _waiting[day] = _waiting[day] with { From = next };
        }

        if (batches.Count > 0)
            _store.Apply(day, batches, first, next, stepAside);
    }

    // Removes segments of the log that are old enough and whose rows are verified.
    private void KeepHouse()
    {
        foreach (var (number, written) in _log.ClosedBefore(Checkpoint).ToList())
        {
            if (_clock.GetUtcNow() - written < _options.KeepLog)
                break;
            if (_store.Journal.Entries.Where(pair => pair.Value.From.Segment <= number).Select(pair => pair.Key).ToList().Any(day => !_store.Close(day)))
                break;
            _log.Remove(number);
            _logger.LogInformation("Log segment {Number} is older than {Days} days and its rows are verified: removed.", number, _options.KeepLog.TotalDays);
        }
    }

    private void Advance()
    {
        lock (_gate)
            _checkpoint = _waiting.Values.Select(waiting => waiting.From).Append(_position).Min();
    }

    private static string Subject(DateOnly day) => "waiting " + DataFolders.Name(day);

    private sealed record Work(LogPosition First, List<StationEvents> Batches, DateTimeOffset Since);

    private sealed record Waiting(LogPosition From, DateTimeOffset Since, string Reason, TimeSpan Pause, long Tried, long Began);
}
