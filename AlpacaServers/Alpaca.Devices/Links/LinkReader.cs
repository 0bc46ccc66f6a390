namespace Alpaca.Devices.Links;

/// <summary>Reads replies of the shapes that instruments use: so many bytes, up to a terminator, until it falls silent.</summary>
/// <remarks>What comes beyond a reply is kept for the next read; <see cref="Discard"/> forgets it.</remarks>
public sealed class LinkReader(ILink link)
{
    private readonly byte[] _chunk = new byte[1024];
    private int _start;
    private int _count;

    /// <summary>What came of a reply that did not become whole; empty after one that did.</summary>
    public ReadOnlyMemory<byte> Partial { get; private set; }

    /// <summary>Forgets everything that has come in.</summary>
    public void Discard()
    {
        (_start, _count) = (0, 0);
        Partial = default;
        link.DiscardInput();
    }

    /// <summary>The next byte.</summary>
    public async ValueTask<byte> ReadByteAsync(TimeSpan deadline, CancellationToken cancel = default)
    {
        if (_count == 0)
            await FillAsync(link.Time.GetTimestamp(), deadline, cancel);
        _count--;
        return _chunk[_start++];
    }

    /// <summary>The next byte, or null if none comes by the deadline.</summary>
    public async ValueTask<byte?> TryReadByteAsync(TimeSpan deadline, CancellationToken cancel = default)
    {
        if (_count == 0)
        {
            _start = 0;
            _count = await link.TryReadAsync(_chunk, deadline, cancel);
            if (_count == 0)
                return null;
        }

        _count--;
        return _chunk[_start++];
    }

    /// <summary>Exactly so many bytes.</summary>
    public ValueTask<byte[]> ReadExactlyAsync(int count, TimeSpan deadline, CancellationToken cancel = default) =>
        ReadAsync(reply => reply.Count == count, count, keepsLast: true, deadline, cancel);

    /// <summary>Everything before a terminator, which is taken and not returned.</summary>
    /// <param name="terminator">The byte that ends the reply.</param>
    /// <param name="longest">More bytes than this without the terminator are no reply.</param>
    /// <param name="deadline">How long until the terminator.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public ValueTask<byte[]> ReadUntilAsync(byte terminator, int longest, TimeSpan deadline, CancellationToken cancel = default) =>
        ReadAsync(reply => reply[^1] == terminator, longest + 1, keepsLast: false, deadline, cancel);

    /// <summary>Everything until nothing has come for a while; empty if nothing comes at all.</summary>
    /// <param name="silence">How long nothing comes at the end.</param>
    /// <param name="deadline">When to stop even if it goes on talking.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async ValueTask<byte[]> ReadQuietAsync(TimeSpan silence, TimeSpan deadline, CancellationToken cancel = default)
    {
        var begun = link.Time.GetTimestamp();
        var reply = new List<byte>();
        while (deadline - link.Time.GetElapsedTime(begun) is var left && left > TimeSpan.Zero
            && await TryReadByteAsync(left < silence ? left : silence, cancel) is { } next)
            reply.Add(next);
        return [.. reply];
    }

    private async ValueTask<byte[]> ReadAsync(Predicate<List<byte>> isWhole, int longest, bool keepsLast, TimeSpan deadline, CancellationToken cancel)
    {
        var begun = link.Time.GetTimestamp();
        var reply = new List<byte>();
        while (true)
        {
            if (_count == 0)
            {
                try
                {
                    await FillAsync(begun, deadline, cancel);
                }
                catch
                {
                    Partial = reply.ToArray();
                    throw;
                }
            }

            _count--;
            reply.Add(_chunk[_start++]);
            if (isWhole(reply))
            {
                Partial = default;
                return keepsLast ? [.. reply] : [.. reply[..^1]];
            }

            if (reply.Count >= longest)
            {
                Partial = reply.ToArray();
                throw new LinkException(LinkFault.Malformed, link.Name, $"more than {longest - 1} bytes came without the end of a reply");
            }
        }
    }

    private async ValueTask FillAsync(long begun, TimeSpan deadline, CancellationToken cancel)
    {
        var left = deadline == Timeout.InfiniteTimeSpan ? deadline : deadline - link.Time.GetElapsedTime(begun);
        try
        {
            _count = await link.ReadAsync(_chunk, left < TimeSpan.Zero && deadline != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : left, cancel);
            _start = 0;
        }
        catch (LinkException e) when (e.Fault == LinkFault.Timeout)
        {
            // Name the deadline of the whole reply, not what was left of it.
            throw new LinkException(LinkFault.Timeout, e.Port, e.Reason, deadline: deadline, cause: e);
        }
    }
}
