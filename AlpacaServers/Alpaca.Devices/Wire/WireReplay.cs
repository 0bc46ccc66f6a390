using Alpaca.Devices.Links;

namespace Alpaca.Devices.Wire;

/// <summary>
/// A recording that plays the device: it answers what was recorded, as fast as was recorded. Tolerant, it answers a command wherever in the recording it
/// was last given; strict, only in the recorded order.
/// </summary>
/// <param name="recording">What to play.</param>
/// <param name="clock">What the recorded pauses run on.</param>
/// <param name="strict">Whether another order than the recorded one ends the play.</param>
public sealed class WireReplay(WireRecording recording, TimeProvider clock, bool strict)
{
    private static readonly TimeSpan s_writing = TimeSpan.FromSeconds(5);

    private readonly Exchange[] _exchanges = Exchanges(recording);
    private int _next;

    /// <summary>Commands that were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Commands that the recording does not hold (or not now, if strict), as they came; the first hundred.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    private readonly List<string> _unknown = [];

    /// <summary>Plays on a link until it is lost, the token says stop, or (strict) something else than recorded comes.</summary>
    /// <returns>False if it ended because the driver departed from the recording.</returns>
    public async Task<bool> ServeAsync(ILink link, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        var heard = new List<byte>();
        var bytes = new byte[1024];
        try
        {
            if (_next == 0 && _exchanges is [{ Command.Length: 0 } greeting, ..])
            {
                _next = 1;
                await SayAsync(link, greeting, cancel);
            }

            while (true)
            {
                heard.AddRange(bytes.AsSpan(0, await link.ReadAsync(bytes, Timeout.InfiniteTimeSpan, cancel)));
                while (heard.Count > 0 && Find(heard) is { } found)
                {
                    heard.RemoveRange(0, found.Command.Length);
                    await SayAsync(link, found, cancel);
                    Answered++;
                }

                if (heard.Count > 0 && !_exchanges.Any(e => e.Command.AsSpan().StartsWith(heard.ToArray())))
                {
                    if (_unknown.Count < 100)
                        _unknown.Add(WireText.Escape(heard.ToArray()));
                    heard.Clear();
                    if (strict)
                        return false;
                }
            }
        }
        catch (LinkException e) when (e.Fault == LinkFault.Lost)
        {
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return true;
        }
    }

    private static Exchange[] Exchanges(WireRecording recording)
    {
        var exchanges = new List<Exchange>();
        foreach (var entry in recording.Entries)
        {
            if (entry.Kind == WireEventKind.Sent)
                exchanges.Add(new Exchange(entry.Bytes, entry.Time, []));
            else if (entry.Kind == WireEventKind.Received)
            {
                if (exchanges.Count == 0)
                    exchanges.Add(new Exchange([], entry.Time, []));
                exchanges[^1].Replies.Add(entry);
            }
        }

        return [.. exchanges];
    }

    /// <summary>The exchange that begins with what was heard: the next one in order, else (tolerant) the nearest after it, round the end.</summary>
    private Exchange? Find(List<byte> heard)
    {
        for (var i = 0; i < (strict ? 1 : _exchanges.Length); i++)
        {
            var at = _next + i;
            if (strict && at >= _exchanges.Length)
                return null;
            var exchange = _exchanges[at % _exchanges.Length];
            if (exchange.Command.Length > 0 && heard.Count >= exchange.Command.Length && heard.Take(exchange.Command.Length).SequenceEqual(exchange.Command))
            {
                _next = strict ? at + 1 : (at + 1) % _exchanges.Length;
                return exchange;
            }
        }

        return null;
    }

    private async ValueTask SayAsync(ILink link, Exchange exchange, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        foreach (var reply in exchange.Replies)
        {
            var pause = reply.Time - exchange.Begun - clock.GetElapsedTime(begun);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, cancel);
            await link.WriteAsync(reply.Bytes, s_writing, cancel);
        }
    }

    private sealed record Exchange(byte[] Command, TimeSpan Begun, List<WireEntry> Replies);
}
