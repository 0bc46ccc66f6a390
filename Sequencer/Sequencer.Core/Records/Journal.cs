using System.Buffers;
using System.Text;
using System.Text.Json;
using Alpaca.Astronomy.Clocks;

namespace Sequencer.Core.Records;

/// <summary>
/// The journal: one JSON line per event, only ever appended to. It alone suffices to rebuild the night's summary and to resume after a crash.
/// A line is with the operating system when <see cref="Write"/> returns; events that matter after a power cut (<see cref="IsSafePoint"/>) are
/// brought to the disk right after, beside the caller. When the disk refuses, lines wait in memory, up to a bound, and go out with the next that succeeds.
/// </summary>
public sealed class Journal : IDisposable
{
    private const int MostWaiting = 10_000;

    private static readonly HashSet<string> SafePoints = ["night.start", "night.end", "exposure.end", "exposure.aborted", "dome", "safety", "state"];

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly string? _root;
    private readonly FileStream? _file;
    private readonly FileStream? _lock;
    private readonly Queue<byte[]> _waiting = new();
    private bool _syncing;
    private bool _syncAgain;
    private bool _disposed;

    /// <summary>Opens <paramref name="path"/> for appending, creating it and its directory if need be.</summary>
    /// <param name="path">The file. A damaged last line (a crash mid-write) is closed with a line end, so that it spoils nothing after it.</param>
    /// <param name="clock">Stamps the lines.</param>
    /// <param name="root">Output root: <see cref="Relative"/> makes paths relative to it, so that equal nights give equal journals wherever they are written.</param>
    /// <exception cref="IOException">The file cannot be opened; another sequencer may be writing it.</exception>
    public Journal(string path, TimeProvider clock, string? root = null)
    {
        Path = System.IO.Path.GetFullPath(path);
        _clock = clock;
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        _root = System.IO.Path.GetFullPath(root ?? directory);
        Directory.CreateDirectory(directory);
        _lock = Lock(System.IO.Path.Combine(directory, $".{System.IO.Path.GetFileName(Path)}.lock"));
        _file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        EndDamagedLine(_file);
    }

    /// <summary>A journal that lives in its <see cref="Written"/> events only, for a dry run.</summary>
    public Journal(TimeProvider clock) => _clock = clock;

    /// <summary>Each line right after it was written, on the thread that wrote it. Handlers must be quick and must not throw.</summary>
    public event Action<JournalEntry>? Written;

    /// <summary>The file, absolute; null for a journal without one.</summary>
    public string? Path { get; }

    /// <summary>Lines written or waiting.</summary>
    public long Count { get; private set; }

    /// <summary>Lines lost because the disk refused more than 10,000 of them.</summary>
    public long Lost { get; private set; }

    /// <summary>Why the last write or sync failed; null when it worked.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether an event's line is brought to the disk at once.</summary>
    public static bool IsSafePoint(string eventName) => SafePoints.Contains(eventName);

    /// <summary>A path as the journal holds it: relative to the output root with forward slashes; outside the root, as it is.</summary>
    public string Relative(string path)
    {
        if (_root is null) return path;
        var relative = System.IO.Path.GetRelativePath(_root, path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }

    /// <summary>Appends one event. Values: text, numbers, truths, times, durations (as seconds), lists and dictionaries of these.</summary>
    /// <exception cref="InvalidSerializationException">A value has no plain form.</exception>
    public void Write(string eventName, params ReadOnlySpan<(string Key, object? Value)> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        JournalEntry? entry;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using (var json = new Utf8JsonWriter(buffer, JsonValue.Options))
            {
                json.WriteStartObject();
                json.WriteString("t", JsonValue.Iso(_clock.GetUtcNow()));
                json.WriteString("event", eventName);
                foreach (var (key, value) in fields)
                {
                    json.WritePropertyName(key);
                    JsonValue.Write(json, value);
                }

                json.WriteEndObject();
            }

            if (!JournalEntry.TryParse(Encoding.UTF8.GetString(buffer.WrittenSpan), out entry))
                throw new InvalidSerializationException($"The event {eventName} does not make a journal line.");
            buffer.Write("\n"u8);
            Count++;
            Append(buffer.WrittenSpan.ToArray());
        }

        if (IsSafePoint(eventName)) Sync();
        Written?.Invoke(entry!);
    }

    /// <summary>All whole lines of a journal. A damaged line (a crash mid-write) is left out.</summary>
    public static IEnumerable<JournalEntry> Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8);
        foreach (var entry in Parse(Lines(reader))) yield return entry;
    }

    /// <summary>All whole lines among <paramref name="lines"/>.</summary>
    public static IEnumerable<JournalEntry> Parse(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (JournalEntry.TryParse(line, out var entry)) yield return entry!;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            if (_file is null) return;
            Drain();
            if (Fault is null) _file.Flush(flushToDisk: true);
            _file.Dispose();
            _lock!.Dispose();
        }
    }

    /// <summary>Keeps a second writer out, while readers may follow: on Linux a lock on the journal itself would keep readers out too.</summary>
    private FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new IOException($"The journal {Path} is being written by another sequencer. Stop it, or choose another output folder.", error);
        }
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static void EndDamagedLine(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n') file.Write("\n"u8);
        }

        file.Seek(0, SeekOrigin.End);
    }

    private void Append(byte[] line)
    {
        if (_file is null) return;
        if (_waiting.Count >= MostWaiting)
        {
            _waiting.Dequeue();
            Lost++;
        }

        _waiting.Enqueue(line);
        Drain();
    }

    private void Drain()
    {
        while (_waiting.TryPeek(out var line))
        {
            var end = _file!.Position;
            try
            {
                _file.Write(line);
                Fault = null;
            }
            catch (IOException error)
            {
                Fault = $"The journal {Path} cannot be written: {error.Message}";
                _file.Position = end;
                return;
            }

            _waiting.Dequeue();
        }
    }

    /// <summary>Brings what is written to the disk without making the caller wait; one sync at a time, and one more if lines came meanwhile.</summary>
    private async void Sync()
    {
        lock (_gate)
        {
            if (_file is null || _disposed) return;
            _syncAgain = _syncing;
            if (_syncing) return;
            _syncing = true;
        }

        for (var again = true; again;)
        {
            await _clock.ComputeAsync(FlushToDisk);
            lock (_gate)
            {
                again = _syncAgain;
                _syncAgain = false;
                _syncing = again;
            }
        }
    }

    private void FlushToDisk()
    {
        try
        {
            RandomAccess.FlushToDisk(_file!.SafeFileHandle);
        }
        catch (ObjectDisposedException)
        {
            // Disposing brings everything to the disk itself.
        }
        catch (IOException error)
        {
            lock (_gate) Fault = $"The journal {Path} is not safely on the disk: {error.Message}";
        }
    }
}
