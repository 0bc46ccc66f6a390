namespace Alpaca.Devices.Links;

/// <summary>
/// One end of a duplex byte stream in memory, for drivers and emulators in one process. Its deadlines run on the clock it is given, so both ends
/// can live on a virtual clock. Disposing one end is what pulling the cable is to the other.
/// </summary>
public sealed class MemoryLink : ILink
{
    private readonly BytePipe _incoming;
    private readonly BytePipe _outgoing;

    private MemoryLink(string name, TimeProvider clock, BytePipe incoming, BytePipe outgoing)
    {
        (Name, Time, _incoming, _outgoing) = (name, clock, incoming, outgoing);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeProvider Time { get; }

    /// <summary>False once either end has been disposed.</summary>
    public bool IsOpen => !_outgoing.IsClosed;

    /// <summary>The two ends of a new stream.</summary>
    /// <param name="clock">What deadlines run on.</param>
    /// <param name="name">What messages call the port.</param>
    public static (MemoryLink Near, MemoryLink Far) CreatePair(TimeProvider clock, string name = "memory")
    {
        BytePipe there = new(), back = new();
        return (new(name, clock, back, there), new(name, clock, there, back));
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan deadline, CancellationToken cancel = default)
    {
        var begun = Time.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var written = _outgoing.Write(bytes.Span) ?? throw Lost();
            bytes = bytes[written..];
            if (bytes.IsEmpty)
                return;
            if (!await HappensAsync(_outgoing.ListenForRoom, begun, deadline, cancel))
                throw new LinkException(LinkFault.Timeout, Name, "the other end took no more bytes", deadline: deadline);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default)
    {
        var read = await TryReadAsync(into, deadline, cancel);
        return read > 0 ? read : throw new LinkException(LinkFault.Timeout, Name, "no answer", deadline: deadline);
    }

    /// <inheritdoc/>
    public async ValueTask<int> TryReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default)
    {
        var begun = Time.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var read = _incoming.Read(into.Span) ?? throw Lost();
            if (read > 0 || !await HappensAsync(_incoming.ListenForBytes, begun, deadline, cancel))
                return read;
        }
    }

    /// <inheritdoc/>
    public void DiscardInput() => _incoming.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _incoming.Close();
        _outgoing.Close();
        return default;
    }

    private LinkException Lost() => new(LinkFault.Lost, Name, "the other end has gone");

    /// <summary>Waits until something happens or the deadline passes; false if it has.</summary>
    private async ValueTask<bool> HappensAsync(Action<TaskCompletionSource> listen, long begun, TimeSpan deadline, CancellationToken cancel)
    {
        var left = deadline == Timeout.InfiniteTimeSpan ? deadline : deadline - Time.GetElapsedTime(begun);
        if (left <= TimeSpan.Zero && deadline != Timeout.InfiniteTimeSpan)
            return false;

        // One completion for all three ends, set directly: whatever ends the wait, what follows stays on the clock's loop.
        var woken = new TaskCompletionSource();
        listen(woken);
        using var timer = deadline == Timeout.InfiniteTimeSpan ? null : Time.CreateTimer(Wake, woken, left, Timeout.InfiniteTimeSpan);
        using var cancelled = cancel.UnsafeRegister(Wake, woken);
        await woken.Task;
        return true;
    }

    private static void Wake(object? woken) => ((TaskCompletionSource)woken!).TrySetResult();
}
