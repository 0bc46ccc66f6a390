namespace Alpaca.Devices.Links;

/// <summary>
/// One open byte stream to a device: a serial port, a TCP connection, or memory. It belongs to one loop: no two calls of it overlap, except that
/// disposing ends whatever is under way.
/// </summary>
/// <remarks>Everything that goes wrong is a <see cref="LinkException"/>. A deadline of <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</remarks>
public interface ILink : IAsyncDisposable
{
    /// <summary>The port as people know it: <c>/dev/ttyUSB0</c>, <c>tcp://192.168.1.5:8899</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The time that the link's deadlines run on, and that silence on it is measured with: real time for real ports, even if the devices on them
    /// live on an accelerated clock; the given clock for links in memory.
    /// </summary>
    TimeProvider Time { get; }

    /// <summary>Sends all bytes, or fails. A command is never left half sent without an error.</summary>
    /// <param name="bytes">What to send.</param>
    /// <param name="deadline">How long until the last byte has left.</param>
    /// <param name="cancel">Gives up waiting.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan deadline, CancellationToken cancel = default);

    /// <summary>Waits for bytes. Fails with <see cref="LinkFault.Timeout"/> if none has come by the deadline; a cancelled wait consumes none.</summary>
    /// <returns>How many were put into <paramref name="into"/>, at least 1.</returns>
    ValueTask<int> ReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default);

    /// <summary>As <see cref="ReadAsync"/>, for callers to whom silence is an answer: 0 if nothing has come by the deadline.</summary>
    async ValueTask<int> TryReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default)
    {
        try
        {
            return await ReadAsync(into, deadline, cancel);
        }
        catch (LinkException e) when (e.Fault == LinkFault.Timeout)
        {
            return 0;
        }
    }

    /// <summary>Forgets everything that has come in so far.</summary>
    void DiscardInput();
}
