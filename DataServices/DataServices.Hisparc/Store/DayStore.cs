using System.Globalization;
using DataServices.Fits;
using DataServices.Hdf5;
using DataServices.Hisparc.Log;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Store;

/// <summary>
/// The day files as a view of the log. Before a file is changed its journal entry says so, durably; only when the change is on the platter the entry
/// is clean again. A file that is found in between, damaged or gone is rebuilt from the log, under another name, and renamed when it is whole.
/// </summary>
/// <remarks>One thread.</remarks>
public sealed class DayStore(
    DataFolders folders, WriteAheadLog log, DayJournal journal, StoreOptions options, HisparcMetrics metrics, Alarms alarms, TimeProvider clock, ILogger logger)
{
    private const int IndexedDays = 16;
    private const long BytesPerNewStation = 1_300_000;
    private readonly RecordReader _reader = new(options, new Quarantine(folders.Quarantine, metrics), metrics, options.Keeps ?? ((_, _) => true));
    private readonly Dictionary<DateOnly, (DayIndex Index, long Used)> _indices = [];
    private long _use;

    public DayJournal Journal => journal;

    /// <summary>The days that were written last. May be asked from any thread.</summary>
    public IReadOnlyList<DateOnly> LastWritten { get; private set; } = [];

    internal RecordReader Reader => _reader;

    /// <summary>Free bytes below which nothing may be written.</summary>
    public long Reserve => options.DiskReserve ?? Math.Clamp(new DriveInfo(folders.Root).TotalSize / 50, 4L << 20, 256L << 20);

    /// <summary>Appends events to a day's file.</summary>
    /// <param name="first">Position of the first record they come from.</param>
    /// <param name="next">Position after the last.</param>
    /// <param name="stepAside">If readers hold the file, leave it to them and go on with a copy under the same name.</param>
    /// <exception cref="IOException">It could not be done now: reader, full disk. Nothing is lost; try again.</exception>
    public void Apply(DateOnly day, IReadOnlyList<StationEvents> batches, LogPosition first, LogPosition next, bool stepAside)
    {
        ArgumentNullException.ThrowIfNull(batches);
        RequireSpace(batches);
        var entry = Prepare(day, first, next);
        if (entry is null || entry.Applied >= next)
            return;

        var path = folders.DayFile(day);
        Durable.CreateDirectory(Path.GetDirectoryName(path)!);
        var begun = clock.GetTimestamp();
        if (!File.Exists(path))
            Journal.Set(day, entry = entry with { Clean = false });
        using (var file = OpenOrStepAside(day, path, entry, stepAside, next))
        {
            if (file is null)
                return;

            // The file was opened, so no reader is in the way; from here on it is not whole until it is closed.
            if (entry.Clean)
                Journal.Set(day, entry with { Clean = false });
            try
            {
                AppendAll(file, batches, IndexOf(day));
                file.Close();
            }
            catch (IOException)
            {
                _indices.Remove(day);
                throw;
            }
        }

        if (options.VerifyWrites && DayCheck.Problems(path, thorough: false) is { Count: > 0 } problems && !IsLocked(problems))
        {
            _indices.Remove(day);
            throw new Hdf5Exception(path, $"{path}: is not as it was written: {problems[0]} It is made anew.");
        }

        Finish(day, path, entry, next);
        metrics.Observe("hdf5_append_seconds", clock.GetElapsedTime(begun));
    }

    /// <summary>Makes a day's file anew from its base and the log, up to a position.</summary>
    /// <returns>Rows stored.</returns>
    public long Rebuild(DateOnly day, LogPosition until)
    {
        var entry = Journal.Find(day)
            ?? throw new InvalidOperationException($"{DataFolders.Name(day)}: the log does not reach back to this day; its file stands for itself.");
        var path = folders.DayFile(day);
        if (entry.From < log.Start && entry.From.Segment < log.Start.Segment)
            throw new InvalidDataException($"{path}: the log begins after the day's first record ({entry.From}); it cannot be rebuilt.");
        Durable.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{DataFolders.Name(day)}.rebuild");
        File.Delete(temporary);
        if (entry.HasBase)
            File.Copy(folders.BaseFile(day), temporary);
        _indices.Remove(day);
        var rows = Replay(day, temporary, entry.From, until);
        if (File.Exists(temporary))
        {
            Durable.Sync(temporary);
            if (DayCheck.Problems(temporary, thorough: false) is { Count: > 0 } problems)
                throw new Hdf5Exception(temporary, $"The rebuilt file is not whole: {problems[0]}");
            Durable.Move(temporary, path);
        }

        Finish(day, path, entry, until);
        metrics.Count("rebuilds_total");
        alarms.Clear(DataFolders.Name(day));
        logger.LogWarning("{Path}: was made anew from the log, {Rows} rows.", path, rows);
        return rows;
    }

    /// <summary>Looks at every day that the log can still rebuild, and rebuilds what is not as it was left.</summary>
    /// <param name="until">Records before this position are meant to be in the files.</param>
    public void Recover(LogPosition until)
    {
        foreach (var day in Journal.Entries.Keys.ToList())
        {
            try
            {
                _ = Prepare(day, until, until);
            }
            catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                alarms.Raise(DataFolders.Name(day), error.Message);
            }
        }
    }

    /// <summary>Gives up the log's claim to a day: its file is whole and stands for itself from now on.</summary>
    /// <returns>Whether the file was whole.</returns>
    public bool Close(DateOnly day)
    {
        var entry = Journal.Find(day);
        if (entry is null)
            return true;
        if (!entry.Clean || (File.Exists(folders.DayFile(day)) && DayCheck.Problems(folders.DayFile(day), thorough: false).Count > 0))
            return false;
        if (entry.HasBase)
            File.Delete(folders.BaseFile(day));
        Journal.Remove(day);
        return true;
    }

    private DayFile? OpenOrStepAside(DateOnly day, string path, DayEntry entry, bool stepAside, LogPosition next)
    {
        try
        {
            return DayFile.Open(path, options, metrics);
        }
        catch (Hdf5Exception)
        {
            var problems = DayCheck.Problems(path, thorough: false);
            if (problems.Count > 0 && !IsLocked(problems))
            {
                // Damaged without a change of length or time.
                _ = Surprise(day, path, entry, exists: true, next);
                return null;
            }

            // Readable but not writable: readers have it open. A writer would have kept us from reading too.
            if (problems.Count > 0 || !stepAside)
                throw;
            var copy = Path.Combine(Path.GetDirectoryName(path)!, $".{DataFolders.Name(day)}.copy");
            Durable.Copy(path, copy);
            Durable.Move(copy, path);
            Journal.Set(day, Stamped(path, entry));
            metrics.Count("stepped_aside_total");
            return DayFile.Open(path, options, metrics);
        }
    }

    // Null when the whole day was rebuilt, so that nothing is left to append.
    private DayEntry? Prepare(DateOnly day, LogPosition first, LogPosition next)
    {
        var path = folders.DayFile(day);
        var entry = Journal.Find(day);
        var exists = File.Exists(path);
        if (entry is null)
        {
            entry = new DayEntry(first, first, Clean: true, HasBase: exists, 0, 0);
            if (exists)
                Adopt(day, path);
            Journal.Set(day, exists ? Stamped(path, entry) : entry);
            return Journal.Find(day);
        }

        if (!entry.Clean)
        {
            // A crash, or a disk that was full, in the middle of a change.
            _ = Rebuild(day, next);
            return null;
        }

        if (entry.Length == 0 && !exists)
            return entry;
        if (exists && Stamped(path, entry) == entry)
            return entry;
        return Surprise(day, path, entry, exists, next);
    }

    /// <summary>Somebody else changed the file, or took it away.</summary>
    private DayEntry? Surprise(DateOnly day, string path, DayEntry entry, bool exists, LogPosition next)
    {
        _indices.Remove(day);
        var problems = exists ? DayCheck.Problems(path, thorough: false) : [];
        if (exists && problems.Count == 0)
        {
            logger.LogWarning("{Path}: was changed by another program and is whole; the change is kept.", path);
            Adopt(day, path);
            Journal.Set(day, Stamped(path, entry with { From = entry.Applied, HasBase = true }));
            return Journal.Find(day);
        }

        if (IsLocked(problems))
            throw new Hdf5Exception(path, $"{path}: another program is writing to it; waiting for it.");
        if (exists)
        {
            var aside = Path.Combine(folders.Damaged, string.Create(CultureInfo.InvariantCulture, $"{DataFolders.Name(day)}.{clock.GetUtcNow():yyyyMMdd'T'HHmmss}.h5"));
            Durable.Move(path, aside);
            alarms.Raise(DataFolders.Name(day), $"{path}: is damaged and was set aside as {aside}; it is being made anew from the log.");
        }
        else
        {
            alarms.Raise(DataFolders.Name(day), $"{path}: is gone; it is being made anew from the log.");
        }

        metrics.Count("damaged_files_total");
        _ = Rebuild(day, next);
        return null;
    }

    private static bool IsLocked(IEnumerable<string> problems) => problems.Any(problem => problem.Contains("unable to lock", StringComparison.Ordinal));

    // A file from before the log begins cannot be made anew without a copy of it.
    private void Adopt(DateOnly day, string path)
    {
        if (DayCheck.Problems(path, thorough: false) is { Count: > 0 } problems)
        {
            if (IsLocked(problems))
                throw new Hdf5Exception(path, problems[0]);
            var aside = Path.Combine(folders.Damaged, string.Create(CultureInfo.InvariantCulture, $"{DataFolders.Name(day)}.{clock.GetUtcNow():yyyyMMdd'T'HHmmss}.h5"));
            Durable.Move(path, aside);
            metrics.Count("damaged_files_total");
            alarms.Raise(DataFolders.Name(day), $"{path}: is damaged ({problems[0]}), older than the log, and was set aside as {aside}. New events go to a new file; restore the old one from a copy.");
            return;
        }

        Durable.Copy(path, folders.BaseFile(day));
    }

    private long Replay(DateOnly day, string path, LogPosition from, LogPosition until)
    {
        const int recordsAtOnce = 256;
        long rows = 0;
        var index = new DayIndex();
        foreach (var records in log.Read(from).TakeWhile(item => item.At < until).Select(item => item.Record).Chunk(recordsAtOnce))
        {
            var chunk = records.AsParallel().AsOrdered().Select(record => _reader.Read(record).GetValueOrDefault(day)).OfType<StationEvents>().ToList();
            if (chunk.Count == 0)
                continue;
            using var file = DayFile.Open(path, options, metrics);
            rows += AppendAll(file, chunk, index);
            file.Close();
        }

        return rows;
    }

    private static int AppendAll(DayFile file, IEnumerable<StationEvents> batches, DayIndex index)
    {
        var rows = 0;
        foreach (var group in batches.GroupBy(batch => (batch.Cluster, batch.Station)))
        {
            var all = new StationEvents(group.Key.Cluster, group.Key.Station, [], [], []);
            foreach (var batch in group)
            {
                all.Orphans.AddRange(batch.Orphans.Select(orphan => (orphan.Before + all.Events.Count, orphan.Blobs)));
                all.Events.AddRange(batch.Events);
                all.Empty.UnionWith(batch.Empty);
            }

            if (all.Events.Count + all.Orphans.Count + all.Empty.Count > 0)
                rows += file.Append(all, index);
        }

        return rows;
    }

    private void Finish(DateOnly day, string path, DayEntry entry, LogPosition applied)
    {
        if (File.Exists(path))
        {
            Durable.Sync(path);

            // The name of a file that was there before is durable already.
            if (entry.Length == 0)
                Durable.SyncDirectory(Path.GetDirectoryName(path)!);
        }

        Journal.Set(day, Stamped(path, entry with { Applied = applied, Clean = true }));
    }

    private static DayEntry Stamped(string path, DayEntry entry)
    {
        var file = new FileInfo(path);
        return file.Exists ? entry with { Length = file.Length, Modified = file.LastWriteTimeUtc.Ticks } : entry with { Length = 0, Modified = 0 };
    }

    private DayIndex IndexOf(DateOnly day)
    {
        if (!_indices.TryGetValue(day, out var found) && _indices.Count >= IndexedDays)
            _indices.Remove(_indices.MinBy(pair => pair.Value.Used).Key);
        var index = found.Index ?? new DayIndex();
        _indices[day] = (index, ++_use);
        LastWritten = [.. _indices.Keys.Order()];
        return index;
    }

    private void RequireSpace(IReadOnlyList<StationEvents> batches)
    {
        var bytes = batches.Sum(batch => batch.Events.Sum(found => found.Row.Length + found.Blobs.Sum(blob => blob.Length + 32L)));
        var need = Reserve + 2 * bytes + BytesPerNewStation * batches.Select(batch => batch.Station).Distinct().Count();
        var free = new DriveInfo(folders.Root).AvailableFreeSpace;
        if (free < need)
            throw new IOException($"{folders.Root}: the disk is full: {free >> 20} MiB are free and {need >> 20} MiB are needed. Acknowledged batches wait in the log. Make room; it goes on by itself.");
    }
}
