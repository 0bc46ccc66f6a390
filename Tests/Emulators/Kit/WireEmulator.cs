using System.Threading.Channels;
using Alpaca.Devices.Links;

namespace Emulators.Kit;

/// <summary>
/// An instrument as its driver sees it: bytes come in, bytes go out, at the times the instrument would take. Derive from it, keep the mechanism's
/// state in fields, answer in <see cref="Receive"/>; attach it to a link in memory, a pseudo-terminal or a TCP port.
/// </summary>
/// <remarks>Everything an emulator does (<see cref="Receive"/>, <see cref="Schedule"/>d actions) happens one after the other: it needs no locks.</remarks>
public abstract class WireEmulator
{
    private static readonly TimeSpan s_writing = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Channel<byte[]>? _outgoing;
    private DateTimeOffset _lineFree;

    /// <param name="clock">What the mechanism lives on: virtual in tests, the night's clock by hand.</param>
    protected WireEmulator(TimeProvider clock)
    {
        Clock = clock;
        Faults = new WireFaults(clock);
    }

    /// <summary>What the mechanism lives on.</summary>
    protected TimeProvider Clock { get; }

    /// <summary>What goes wrong on the wire.</summary>
    public WireFaults Faults { get; }

    /// <summary>How long a byte takes on the line; zero sends at once. A pseudo-terminal has no speed of its own.</summary>
    public TimeSpan ByteTime { get; init; }

    /// <summary>Talks on a link until it is lost or the token says stop.</summary>
    public async Task TalkAsync(ILink link, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        var outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_gate)
        {
            _outgoing = outgoing;
            Attached();
        }

        var writing = WriteAsync(outgoing.Reader, link, cancel);
        var bytes = new byte[1024];
        try
        {
            while (true)
            {
                var count = await link.ReadAsync(bytes, Timeout.InfiniteTimeSpan, cancel);
                lock (_gate)
                {
                    var heard = Faults.Hear(bytes.AsSpan(0, count));
                    if (heard.Length > 0)
                        Receive(heard);
                }
            }
        }
        catch (LinkException e) when (e.Fault == LinkFault.Lost)
        {
            // The driver has gone; the instrument stays as it is.
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            lock (_gate)
            {
                if (_outgoing == outgoing)
                    _outgoing = null;
                Detached();
            }

            outgoing.Writer.TryComplete();
            await writing;
        }
    }

    /// <summary>Runs a change of the mechanism between the emulator's own steps: for tests and hand commands.</summary>
    public void Change(Action change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
            change();
    }

    /// <summary>Reads the mechanism's state between the emulator's own steps.</summary>
    public T Look<T>(Func<T> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (_gate)
            return look();
    }

    /// <summary>A command typed by hand while the emulator runs (<c>stick A 5</c>). False if it is none of this emulator's.</summary>
    public virtual bool Obey(string command) => false;

    /// <summary>What <see cref="Obey"/> knows, for people.</summary>
    public virtual string Commands => "";

    /// <summary>Bytes from the driver, in the pieces in which they came: a command may be split over several calls.</summary>
    protected abstract void Receive(ReadOnlySpan<byte> bytes);

    /// <summary>Somebody has opened the port.</summary>
    protected virtual void Attached()
    {
    }

    /// <summary>The port was closed.</summary>
    protected virtual void Detached()
    {
    }

    /// <summary>Sends bytes, after a while if given; always in the order of the calls.</summary>
    protected void Send(ReadOnlySpan<byte> bytes, TimeSpan after = default)
    {
        foreach (var (said, delay) in Faults.Say(bytes.ToArray()))
        {
            var now = Clock.GetUtcNow();
            var begin = now + after + delay > _lineFree ? now + after + delay : _lineFree;
            _lineFree = begin + (ByteTime * said.Length);
            if (_lineFree <= now)
                _outgoing?.Writer.TryWrite(said);
            else
                Schedule(_lineFree - now, () => _outgoing?.Writer.TryWrite(said));
        }
    }

    /// <summary>Sends ASCII text.</summary>
    protected void Send(string text, TimeSpan after = default) => Send(System.Text.Encoding.Latin1.GetBytes(text), after);

    /// <summary>Does something later.</summary>
    protected void Schedule(TimeSpan after, Action action)
    {
        ITimer? timer = null;
        timer = Clock.CreateTimer(
            _ =>
            {
                lock (_gate)
                {
                    action();
                    timer?.Dispose();
                }
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(after < TimeSpan.Zero ? TimeSpan.Zero : after, Timeout.InfiniteTimeSpan);
    }

    private static async Task WriteAsync(ChannelReader<byte[]> outgoing, ILink link, CancellationToken cancel)
    {
        try
        {
            while (await outgoing.WaitToReadAsync(cancel))
            {
                while (outgoing.TryRead(out var bytes))
                    await link.WriteAsync(bytes, s_writing, cancel);
            }
        }
        catch (Exception e) when (e is LinkException or OperationCanceledException)
        {
            // Nobody listens any more; the reading side notices too and ends the talk.
        }
    }
}
