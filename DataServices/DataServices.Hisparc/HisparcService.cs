using System.Globalization;
using DataServices.Hdf5;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Queue;
using DataServices.Hisparc.Stations;
using DataServices.Hisparc.Store;
using DataServices.Hisparc.Upload;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc;

/// <summary>The whole service without its web side: log, day files, spool, station list. One per data directory.</summary>
public sealed class HisparcService : IAsyncDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);
    private readonly FileStream _lock;
    private readonly HisparcOptions _options;
    private readonly TimeProvider _clock;
    private readonly WriteAheadLog _log;
    private readonly BatchIndex _batches;
    private readonly DayStore _store;
    private readonly SpoolIntake _intake;
    private readonly StationRegistry _stations;
    private readonly BatchPublisher? _publisher;
    private readonly BatchConsumer? _consumer;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopConsuming = new();
    private Task _working = Task.CompletedTask;
    private Task _looking = Task.CompletedTask;
    private Task _consuming = Task.CompletedTask;
    private volatile string? _refusal;

    private HisparcService(HisparcOptions options, DataFolders folders, FileStream held, TimeProvider clock, ILogger logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        _lock = held;
        Folders = folders;
        Alarms = new Alarms(logger);
        Activity = new StationActivity(clock);
        var journal = new DayJournal(folders.Journal);
        _log = WriteAheadLog.Open(folders.Log, journal.HighestSegment + 1, clock, Metrics, logger);
        _batches = BatchIndex.Open(folders.Batches, options.RememberDays);
        _store = new DayStore(folders, _log, journal, options.Store, Metrics, Alarms, clock, logger);
        Materialiser = new Materialiser(_log, _store, options.Store, Metrics, Alarms, clock, logger);
        _stations = new StationRegistry(options.StationList, Alarms, clock, logger);
        var suspicious = new SuspiciousBatches(folders.Suspicious, options, Metrics, clock, logger);
        var quarantine = new Quarantine(folders.Quarantine, Metrics);
        IBatchSink sink = _log;
        if (options.Queue is { Shard: null } to)
            sink = _publisher = new BatchPublisher(to, Metrics, Alarms, clock, logger);
        else if (options.Queue is { } from)
            _consumer = new BatchConsumer(from, _log, _batches, Materialiser, quarantine, () => _refusal, Metrics, Alarms, clock, logger);
        _intake = new SpoolIntake(folders, sink, _batches, suspicious, Metrics, clock, logger);
        Uploads = new UploadService(options, _stations, sink, _batches, suspicious, quarantine, () => _refusal, Metrics, Alarms, Activity, clock, logger);
        RegisterGauges();
    }

    public HisparcMetrics Metrics { get; } = new();

    public Alarms Alarms { get; }

    public StationActivity Activity { get; }

    public UploadService Uploads { get; }

    public Materialiser Materialiser { get; }

    public DataFolders Folders { get; }

    /// <summary>Whether uploads can be taken: the log is writable and a station list is loaded.</summary>
    public bool IsReady => _log.IsWritable && _publisher is not { IsWritable: false } && _refusal is null && _stations.Current is not null;

    /// <summary>Bytes in the log that are not yet in day files.</summary>
    public long Backlog => _log.Bytes(Materialiser.Checkpoint, _log.End);

    /// <summary>Opens a data directory.</summary>
    /// <exception cref="IOException">Another writer has it, or it cannot be used; the message says which.</exception>
    public static HisparcService Open(HisparcOptions options, TimeProvider clock, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folders = new DataFolders(options.DataDirectory);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folders.Log, "owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException($"{folders.Root}: another HiSPARC service is writing here ({error.Message}). Stop it first.", error);
        }

        try
        {
            return new HisparcService(options, folders, held, clock, logger);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Reads the station list, for uploads without the rest of the service.</summary>
    public void LoadStations()
    {
        if (_options.StationList.Length > 0)
            _stations.Refresh();
    }

    /// <summary>Begins to work: repairs what a crash left, then carries the log into the files and looks after everything else.</summary>
    public void Start()
    {
        LoadStations();
        Watch();
        _looking = Task.Run(LookAsync);
        _working = Task.Run(async () =>
        {
            Materialiser.Recover();
            await Materialiser.RunAsync(_stop.Token);
        });
        if (_consumer is not null)
            _consuming = Task.Run(() => _consumer.RunAsync(_stopConsuming.Token));
    }

    /// <summary>Takes over spool files and carries everything into the day files, once.</summary>
    /// <returns>Days that have to wait, with the reason.</returns>
    public async Task<IReadOnlyList<string>> WriteOnceAsync(CancellationToken cancel)
    {
        Materialiser.Recover();
        _ = await _intake.TakeAsync(cancel);
        return Materialiser.Drain();
    }

    /// <summary>Makes a day's file anew from its base and the log.</summary>
    /// <returns>Rows.</returns>
    public long Rebuild(DateOnly day)
    {
        _ = Materialiser.Drain();
        return _store.Rebuild(day, Materialiser.Checkpoint);
    }

    /// <summary>Changes a day's file by hand; from then on it stands for itself, and the log does not bring back what was taken out.</summary>
    /// <exception cref="IOException">The file is not whole, or the change failed; nothing was changed.</exception>
    public bool Edit(DateOnly day, Func<string, bool> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _ = Materialiser.Drain();
        var path = Folders.DayFile(day);
        if (!File.Exists(path))
            throw new IOException($"{path}: there is no such file.");
        if (!_store.Close(day))
            throw new IOException($"{path}: is not whole. Rebuild it first.");
        return change(path);
    }

    /// <summary>Stops, after everything that was acknowledged is in the files.</summary>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await EndAsync();
        return Materialiser.Drain();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        if (_publisher is not null)
            await _publisher.DisposeAsync();
        await _log.DisposeAsync();
        Uploads.Dispose();
        _batches.Dispose();
        _stop.Dispose();
        _stopConsuming.Dispose();
        await _lock.DisposeAsync();
    }

    // The consumer ends first: what it has taken is acknowledged when the materialiser has written it.
    private async Task EndAsync()
    {
        await _stopConsuming.CancelAsync();
        await _consuming;
        await _stop.CancelAsync();
        await Task.WhenAll(_working, _looking);
    }

    private async Task LookAsync()
    {
        var spooled = _clock.GetTimestamp() - (long)(_options.SpoolPause.TotalSeconds * _clock.TimestampFrequency);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                LoadStations();
                Watch();
                if (_publisher is not null)
                    await _publisher.ProbeAsync(_stop.Token);
                if (_refusal is null && _clock.GetElapsedTime(spooled) >= _options.SpoolPause)
                {
                    spooled = _clock.GetTimestamp();
                    _ = await _intake.TakeAsync(_stop.Token);
                    Alarms.Clear("spool");
                }

                await Task.Delay(_look, _clock, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Alarms.Raise("spool", $"The spool cannot be read: {error.Message}");
                await Task.Delay(_look, _clock, CancellationToken.None);
            }
        }
    }

    private void Watch()
    {
        var free = new DriveInfo(Folders.Root).AvailableFreeSpace;
        var backlog = Backlog;
        var waiting = Materialiser.OldestWaiting is { } oldest ? _clock.GetUtcNow() - oldest : TimeSpan.Zero;
        _refusal = free < _store.Reserve ? $"{Folders.Root}: only {free >> 20} MiB are free; uploads are refused until there is room."
            : backlog > _options.MaxBacklog ? $"{backlog >> 20} MiB wait in the log; uploads are refused until it is shorter."
            : waiting > _options.MaxBacklogAge ? $"Batches wait in the log for {waiting.TotalHours:F0} hours; uploads are refused until they are written."
            : null;
        if (_refusal is null)
            _log.Probe();
        if (_refusal is { } reason)
            Alarms.Raise("uploads", reason);
        else if (_log.IsWritable)
            Alarms.Clear("uploads");
    }

    private void RegisterGauges()
    {
        Metrics.Gauge("wal_bytes", () => Backlog);
        Metrics.Gauge("wal_oldest_age", () => Materialiser.OldestWaiting is { } oldest ? (_clock.GetUtcNow() - oldest).TotalSeconds : 0);
        Metrics.Gauge("disk_free", () => new DriveInfo(Folders.Root).AvailableFreeSpace);
        Metrics.Gauge("alarms", () => Alarms.Count);
        Metrics.Gauge("hdf5_files_open", () => Hdf5File.OpenFiles);
        Metrics.Gauge("day_file_bytes", "day", () => _store.LastWritten.Select(day => (DataFolders.Name(day), new FileInfo(Folders.DayFile(day)) is { Exists: true } file ? (double)file.Length : 0)));
        Metrics.Gauge("last_event_age", "station", () => Activity.Report().Select(found => (found.Station.ToString(CultureInfo.InvariantCulture), (_clock.GetUtcNow().UtcDateTime - found.NewestEvent).TotalSeconds)));
        Metrics.Gauge("writer_heartbeat_age", () => (_clock.GetUtcNow() - Materialiser.Heartbeat).TotalSeconds);
    }
}
