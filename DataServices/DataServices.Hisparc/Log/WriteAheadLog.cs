using System.Threading.Channels;
using DataServices.Fits;
using DataServices.Hisparc.Events;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace DataServices.Hisparc.Log;

/// <summary>
/// Where acknowledged batches are before they are rows. A record is acknowledged when it and everything before it is on the platter; while one
/// flush is under way the next records gather, so that many clients share one flush.
/// </summary>
public sealed class WriteAheadLog : IBatchSink, IAsyncDisposable
{
    private const long SegmentLength = 64 * 1024 * 1024;
    private const int GroupLength = 8 * 1024 * 1024;
    private readonly string _directory;
    private readonly TimeProvider _clock;
    private readonly HisparcMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _grown = new(0, 1);
    private readonly Task _writer;
    private SafeFileHandle? _file;
    private LogPosition _end;
    private bool _endUnknown;

    private WriteAheadLog(string directory, long firstSegment, TimeProvider clock, HisparcMetrics metrics, ILogger logger)
    {
        _directory = directory;
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
        Recover(firstSegment);
        _writer = Task.Factory.StartNew(WriteGroups, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Everything before this position is durable.</summary>
    public LogPosition End
    {
        get
        {
            lock (_gate)
                return _end;
        }
    }

    /// <summary>Position of the oldest record that is kept.</summary>
    public LogPosition Start => new(LogSegment.List(_directory)[0], LogSegment.Magic.Length);

    /// <summary>Whether the last write succeeded; false while the disk is full or failing.</summary>
    public bool IsWritable { get; private set; } = true;

    /// <summary>Opens the log, cuts off what a crash left unfinished, and begins a new segment.</summary>
    /// <param name="firstSegment">Smallest number a new segment may have: above every position that was ever noted elsewhere.</param>
    public static WriteAheadLog Open(string directory, long firstSegment, TimeProvider clock, HisparcMetrics metrics, ILogger logger)
    {
        Durable.CreateDirectory(directory);
        return new WriteAheadLog(directory, firstSegment, clock, metrics, logger);
    }

    /// <summary>Appends a record.</summary>
    /// <returns>Its position, once it is durable.</returns>
    /// <exception cref="IOException">It could not be made durable; the sender has to keep it.</exception>
    public async Task<LogPosition> AppendAsync(LogRecord record, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        var pending = new Pending(record, new TaskCompletionSource<LogPosition>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(pending, cancel);
        return await pending.Done.Task;
    }

    /// <inheritdoc/>
    public Task StoreAsync(LogRecord record, EventBatch batch, CancellationToken cancel) => AppendAsync(record, cancel);

    /// <summary>Waits until there may be more than before, or for the given time.</summary>
    public Task<bool> WaitForGrowthAsync(TimeSpan atMost, CancellationToken cancel) => _grown.WaitAsync(atMost, cancel);

    /// <summary>Reads records from a position up to <see cref="End"/>.</summary>
    /// <returns>Each record, where it is, and where the next begins.</returns>
    public IEnumerable<(LogRecord Record, LogPosition At, LogPosition Next)> Read(LogPosition from)
    {
        var end = End;
        foreach (var number in LogSegment.List(_directory).Where(number => number >= from.Segment && number <= end.Segment))
        {
            using var file = File.OpenHandle(LogSegment.PathOf(_directory, number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var offset = number == from.Segment ? Math.Max(from.Offset, LogSegment.Magic.Length) : LogSegment.Magic.Length;
            var last = number == end.Segment ? end.Offset : RandomAccess.GetLength(file);
            while (LogSegment.Read(file, offset, last) is { } found)
            {
                yield return (found.Record, new LogPosition(number, offset), new LogPosition(number, found.Next));
                offset = found.Next;
            }

            if (offset < last)
                Damaged(number, offset, last);
        }
    }

    /// <summary>Bytes of the log between two positions.</summary>
    public long Bytes(LogPosition from, LogPosition to)
    {
        long bytes = 0;
        foreach (var number in LogSegment.List(_directory).Where(number => number >= from.Segment && number <= to.Segment))
        {
            var length = number == to.Segment ? to.Offset : new FileInfo(LogSegment.PathOf(_directory, number)).Length;
            bytes += Math.Max(0, length - (number == from.Segment ? from.Offset : LogSegment.Magic.Length));
        }

        return bytes;
    }

    /// <summary>Closed segments that end before a position, with the time of their last record.</summary>
    public IEnumerable<(long Number, DateTimeOffset Written)> ClosedBefore(LogPosition position) =>
        LogSegment.List(_directory).Where(number => number < position.Segment && number < End.Segment)
            .Select(number => (number, new DateTimeOffset(File.GetLastWriteTimeUtc(LogSegment.PathOf(_directory, number)), TimeSpan.Zero)));

    /// <summary>Removes a segment whose records are no longer needed.</summary>
    public void Remove(long number) => File.Delete(LogSegment.PathOf(_directory, number));

    /// <summary>After a failure: tries whether the disk takes a file again, so that nobody has to risk an upload to find out.</summary>
    public void Probe()
    {
        if (IsWritable)
            return;
        var path = Path.Combine(_directory, "probe");
        try
        {
            Durable.Write(path, LogSegment.Magic);
            File.Delete(path);
            IsWritable = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _metrics.Count("wal_probes_failed_total");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
        _file?.Dispose();
        _grown.Dispose();
    }

    private void Recover(long firstSegment)
    {
        var segments = LogSegment.List(_directory);
        if (segments.Count > 0)
        {
            var number = segments[^1];
            var path = LogSegment.PathOf(_directory, number);
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            long length = RandomAccess.GetLength(file), offset = LogSegment.Magic.Length;
            while (LogSegment.Read(file, offset, length) is { } found)
                offset = found.Next;
            if (offset < length)
            {
                // Whatever was acknowledged had been flushed, so this was not; a copy is kept for whoever wants to look.
                File.Copy(path, path + ".torn", overwrite: true);
                RandomAccess.SetLength(file, offset);
                RandomAccess.FlushToDisk(file);
                _logger.LogWarning("{Path}: {Bytes} unfinished bytes after the last whole record were cut off; the file as found is beside it.", path, length - offset);
            }
        }

        Begin(Math.Max(firstSegment, segments.Count == 0 ? 1 : segments[^1] + 1));
    }

    private void Begin(long number)
    {
        var path = LogSegment.PathOf(_directory, number);
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        try
        {
            RandomAccess.Write(file, LogSegment.Magic, 0);
            RandomAccess.FlushToDisk(file);
            Durable.SyncDirectory(_directory);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }

        _file?.Dispose();
        _file = file;
        lock (_gate)
            _end = new LogPosition(number, LogSegment.Magic.Length);
    }

    private void WriteGroups()
    {
        var group = new List<Pending>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            var bytes = 0;
            while (bytes < GroupLength && _queue.Reader.TryRead(out var pending))
            {
                group.Add(pending);
                bytes += pending.Record.EncodedLength;
            }

            if (group.Count > 0)
                WriteGroup(group, bytes);
        }
    }

    private void WriteGroup(List<Pending> group, int bytes)
    {
        var positions = new LogPosition[group.Count];
        try
        {
            if (_end.Offset > SegmentLength || _endUnknown)
                Begin(_end.Segment + 1);
            var buffer = GC.AllocateUninitializedArray<byte>(bytes);
            var used = 0;
            for (var i = 0; i < group.Count; i++)
            {
                var length = group[i].Record.EncodedLength;
                group[i].Record.Encode(buffer.AsSpan(used, length));
                positions[i] = _end with { Offset = _end.Offset + used };
                used += length;
            }

            var begun = _clock.GetTimestamp();
            RandomAccess.Write(_file!, buffer, _end.Offset);
            RandomAccess.FlushToDisk(_file!);
            _metrics.Observe("wal_fsync_seconds", _clock.GetElapsedTime(begun));
            lock (_gate)
                _end = _end with { Offset = _end.Offset + bytes };
            _endUnknown = false;
            IsWritable = true;
        }
        catch (Exception error)
        {
            // Whatever it was (a file size limit is no IOException): nothing of the group is acknowledged, and the next one is tried.
            Refuse(group, error);
            return;
        }

        for (var i = 0; i < group.Count; i++)
            group[i].Done.SetResult(positions[i]);
        Signal();
    }

    // After a failed write or flush nothing is known about the end of the segment: it is cut back, and the next group begins a new one.
    private void Refuse(List<Pending> group, Exception error)
    {
        _metrics.Count("wal_errors_total");
        if (IsWritable)
            _logger.LogError("The log cannot be written: {Reason} Uploads are refused until it can.", error.Message);
        IsWritable = false;
        _endUnknown = true;
        try
        {
            RandomAccess.SetLength(_file!, _end.Offset);
        }
        catch (Exception cut) when (cut is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _logger.LogError("The unfinished end of the log could not be cut off: {Reason}", cut.Message);
        }

        foreach (var pending in group)
            pending.Done.SetException(new IOException($"The log cannot be written: {error.Message}", error));
    }

    private void Signal()
    {
        try
        {
            _grown.Release();
        }
        catch (SemaphoreFullException)
        {
            // Whoever waits has not looked since the last signal; one is enough.
        }
    }

    private void Damaged(long number, long offset, long end)
    {
        if (number == End.Segment)
            return;
        _metrics.Count("wal_damaged_total");
        _logger.LogError("{Path}: damaged at byte {Offset} of {End}; what follows in this segment cannot be read.", LogSegment.PathOf(_directory, number), offset, end);
    }

    private sealed record Pending(LogRecord Record, TaskCompletionSource<LogPosition> Done);
}
