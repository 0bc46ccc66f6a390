using System.Globalization;

namespace Alpaca.Devices.Wire;

/// <summary>
/// Writes what goes over a wire to a small text file, one line an event, with the time since the beginning. Switched on and off at any time; when the
/// file is full it becomes <c>FILE.1</c> and a new one begins, so a recording never fills a disk.
/// </summary>
/// <param name="file">Where to write.</param>
/// <param name="clock">What times are of.</param>
/// <param name="limit">The longest file, bytes.</param>
public sealed class WireRecorder(string file, TimeProvider clock, long limit = WireRecorder.DefaultLimit) : IDisposable
{
    /// <summary>8 MB: some 200,000 exchanges.</summary>
    public const long DefaultLimit = 8 << 20;

    /// <summary>The first line of every recording.</summary>
    public const string Heading = "# Alpaca wire recording, version 1";

    /// <summary>What comes within this time belongs to one line.</summary>
    private static readonly TimeSpan s_together = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly List<byte> _pending = [];
    private StreamWriter? _writer;
    private long _begun;
    private TimeSpan _pendingSince;
    private TimeSpan _pendingUntil;

    /// <summary>Where it is written.</summary>
    public string File { get; } = Path.GetFullPath(file);

    /// <summary>True while it records.</summary>
    public bool IsOn
    {
        get
        {
            lock (_gate)
                return _writer is not null;
        }
    }

    /// <summary>Why recording ended by itself (a full disk); null if it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Begins a new recording; one of that name becomes <c>FILE.1</c>. Nothing if it records already.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (_writer is not null)
                return;
            Failure = null;
            _begun = clock.GetTimestamp();
            Begin();
        }
    }

    /// <summary>Ends the recording.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            WriteOut(WritePending);
            _writer?.Dispose();
            _writer = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    internal void Sent(ReadOnlySpan<byte> bytes) => Record(WireEventKind.Sent, bytes.ToArray());

    internal void Received(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_writer is null || bytes.IsEmpty)
                return;
            var now = clock.GetElapsedTime(_begun);
            if (_pending.Count > 0 && now - _pendingUntil > s_together)
                WriteOut(WritePending);
            if (_pending.Count == 0)
                _pendingSince = now;
            _pendingUntil = now;
            _pending.AddRange(bytes);
        }
    }

    internal void Note(WireEventKind kind, string note) => Record(kind, [], note.ReplaceLineEndings(" "));

    private void Record(WireEventKind kind, byte[] bytes, string note = "")
    {
        lock (_gate)
        {
            if (_writer is null)
                return;
            var time = clock.GetElapsedTime(_begun);
            WriteOut(() =>
            {
                WritePending();
                Write(new WireEntry(time, kind, bytes, note));
            });
        }
    }

    private void WritePending()
    {
        if (_pending.Count > 0)
            Write(new WireEntry(_pendingSince, WireEventKind.Received, [.. _pending]));
        _pending.Clear();
    }

    private void Write(WireEntry entry)
    {
        if (_writer is null)
            return;
        _writer.WriteLine(entry);
        if (_writer.BaseStream.Position <= limit)
            return;
        _writer.Dispose();
        Begin();
    }

    private void Begin()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        if (System.IO.File.Exists(File))
            System.IO.File.Move(File, File + ".1", overwrite: true);
        _writer = new StreamWriter(File) { AutoFlush = true, NewLine = "\n" };
        _writer.WriteLine(Heading);
        _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# {clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}: seconds since the beginning, > sent, < received, o opened, c closed, ! failed"));
    }

    /// <summary>A device works on when its recording cannot.</summary>
    private void WriteOut(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = $"recording to {File} ended: {e.Message}";
            _pending.Clear();
            _writer = null;
        }
    }
}
