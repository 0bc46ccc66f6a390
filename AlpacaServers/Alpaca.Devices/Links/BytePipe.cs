namespace Alpaca.Devices.Links;

/// <summary>Bytes on their way in one direction, in order and bounded.</summary>
internal sealed class BytePipe(int capacity = BytePipe.DefaultCapacity)
{
    public const int DefaultCapacity = 65536;

    private readonly Lock _gate = new();
    private readonly Queue<byte> _bytes = new();
    private TaskCompletionSource? _reader;
    private TaskCompletionSource? _writer;
    private bool _closed;

    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    /// <summary>Takes what has come; 0 if nothing, null if closed and empty.</summary>
    public int? Read(Span<byte> into)
    {
        TaskCompletionSource? writer;
        int count;
        lock (_gate)
        {
            count = Math.Min(into.Length, _bytes.Count);
            if (count == 0)
                return _closed ? null : 0;
            for (var i = 0; i < count; i++)
                into[i] = _bytes.Dequeue();
            (writer, _writer) = (_writer, null);
        }

        writer?.TrySetResult();
        return count;
    }

    /// <summary>Puts in as much as there is room for; null if closed.</summary>
    public int? Write(ReadOnlySpan<byte> bytes)
    {
        TaskCompletionSource? reader;
        int count;
        lock (_gate)
        {
            if (_closed)
                return null;
            count = Math.Min(bytes.Length, capacity - _bytes.Count);
            foreach (var b in bytes[..count])
                _bytes.Enqueue(b);
            if (count == 0)
                return 0;
            (reader, _reader) = (_reader, null);
        }

        reader?.TrySetResult();
        return count;
    }

    /// <summary>Completes the listener when there are bytes, or at the close.</summary>
    public void ListenForBytes(TaskCompletionSource listener) => Listen(ref _reader, listener, () => _bytes.Count > 0);

    /// <summary>Completes the listener when there is room, or at the close.</summary>
    public void ListenForRoom(TaskCompletionSource listener) => Listen(ref _writer, listener, () => _bytes.Count < capacity);

    public void Clear()
    {
        TaskCompletionSource? writer;
        lock (_gate)
        {
            _bytes.Clear();
            (writer, _writer) = (_writer, null);
        }

        writer?.TrySetResult();
    }

    public void Close()
    {
        TaskCompletionSource? reader, writer;
        lock (_gate)
        {
            _closed = true;
            (reader, _reader) = (_reader, null);
            (writer, _writer) = (_writer, null);
        }

        reader?.TrySetResult();
        writer?.TrySetResult();
    }

    private void Listen(ref TaskCompletionSource? place, TaskCompletionSource listener, Func<bool> hasHappened)
    {
        lock (_gate)
        {
            if (!_closed && !hasHappened())
            {
                place = listener;
                return;
            }
        }

        listener.TrySetResult();
    }
}
