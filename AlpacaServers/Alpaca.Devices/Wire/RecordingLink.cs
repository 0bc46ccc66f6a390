using Alpaca.Devices.Links;

namespace Alpaca.Devices.Wire;

/// <summary>A link that shows everything that passes it to a recorder.</summary>
public sealed class RecordingLink : ILink
{
    private readonly ILink _inner;
    private readonly WireRecorder _recorder;

    public RecordingLink(ILink inner, WireRecorder recorder)
    {
        (_inner, _recorder) = (inner, recorder);
        recorder.Note(WireEventKind.Opened, inner.Name);
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public TimeProvider Time => _inner.Time;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan deadline, CancellationToken cancel = default)
    {
        _recorder.Sent(bytes.Span);
        try
        {
            await _inner.WriteAsync(bytes, deadline, cancel);
        }
        catch (LinkException e)
        {
            _recorder.Note(WireEventKind.Failed, e.Message);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default) => ShownAsync(_inner.ReadAsync(into, deadline, cancel), into);

    /// <inheritdoc/>
    public ValueTask<int> TryReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default) => ShownAsync(_inner.TryReadAsync(into, deadline, cancel), into);

    /// <inheritdoc/>
    public void DiscardInput() => _inner.DiscardInput();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _recorder.Note(WireEventKind.Closed, _inner.Name);
        await _inner.DisposeAsync();
    }

    private async ValueTask<int> ShownAsync(ValueTask<int> reading, Memory<byte> into)
    {
        try
        {
            var count = await reading;
            _recorder.Received(into.Span[..count]);
            return count;
        }
        catch (LinkException e) when (e.Fault != LinkFault.Timeout)
        {
            // A read that ends without bytes is no event on the wire.
            _recorder.Note(WireEventKind.Failed, e.Message);
            throw;
        }
    }
}
