using System.Runtime.InteropServices;

namespace Alpaca.Devices.Links.Linux;

/// <summary>
/// A link over a terminal's file descriptor, with a thread of its own for the blocking calls. The thread opens the port, takes in whatever comes
/// (so a hang-up is noticed at once, even between exchanges) and finishes writes that the port could not take in one go.
/// </summary>
internal sealed class DescriptorLink : ILink
{
    private const int InputCapacity = 65536;
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Func<int> _open;
    private readonly bool _outlivesHangUp;
    private readonly int _wake;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _input = new byte[InputCapacity];
    private int _inputStart;
    private int _inputCount;
    private TaskCompletionSource? _reader;
    private PendingWrite? _write;
    private LinkException? _loss;
    private long _dropped;
    private int _descriptor = -1;
    private bool _closing;
    private bool _isHungUp;

    private DescriptorLink(string name, Func<int> open, bool outlivesHangUp)
    {
        (Name, _open, _outlivesHangUp) = (name, open, outlivesHangUp);
        _wake = LibC.EventFd(0, LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (_wake < 0)
            throw SystemError.Last(name, "creating an event descriptor");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeProvider Time => TimeProvider.System;

    /// <summary>Bytes that came while nobody read and the buffer was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Opens on the link's own thread: some ports block meanwhile.</summary>
    /// <param name="name">What messages call the port.</param>
    /// <param name="open">Opens and sets up; returns a descriptor in non-blocking mode, or throws <see cref="LinkException"/>.</param>
    /// <param name="deadline">How long that may take.</param>
    /// <param name="outlivesHangUp">True for the master of a pseudo-terminal: when nobody holds the other end it waits for the next one.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public static async ValueTask<DescriptorLink> OpenAsync(
        string name, Func<int> open, TimeSpan deadline, bool outlivesHangUp = false, CancellationToken cancel = default)
    {
        var link = new DescriptorLink(name, open, outlivesHangUp);
        new Thread(link.Serve) { IsBackground = true, Name = $"link {name}" }.Start();
        try
        {
            await link._opened.Task.WaitAsync(deadline, TimeProvider.System, cancel);
            return link;
        }
        catch (Exception e)
        {
            link.BeginClose();
            throw e is TimeoutException ? new LinkException(LinkFault.Timeout, name, "the system did not open the port", deadline: deadline, cause: e) : e;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan deadline, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        PendingWrite pending;
        lock (_gate)
        {
            ThrowIfLost();
            if (_isHungUp)
                return;
            bytes = bytes[WriteSome(bytes.Span)..];
            if (bytes.IsEmpty && Unsent() == 0)
                return;
            _write = pending = new PendingWrite(bytes);
        }

        Wake();
        try
        {
            await pending.Done.Task.WaitAsync(deadline, TimeProvider.System, cancel);
        }
        catch (TimeoutException e)
        {
            throw new LinkException(LinkFault.Timeout, Name, "the port took no more bytes (flow control?)", deadline: deadline, cause: e);
        }
        finally
        {
            lock (_gate)
                _write = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default)
    {
        var begun = Time.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Task arrival;
            lock (_gate)
            {
                if (_inputCount > 0)
                    return TakeInput(into.Span);
                ThrowIfLost();
                arrival = (_reader ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            var left = deadline == Timeout.InfiniteTimeSpan ? deadline : deadline - Time.GetElapsedTime(begun);
            try
            {
                await arrival.WaitAsync(left < TimeSpan.Zero && deadline != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : left, Time, cancel);
            }
            catch (TimeoutException e)
            {
                throw new LinkException(LinkFault.Timeout, Name, "no answer", deadline: deadline, cause: e);
            }
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        lock (_gate)
        {
            (_inputStart, _inputCount) = (0, 0);
            if (_descriptor >= 0)
                _ = LibC.Flush(_descriptor, LibC.TCIFLUSH);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        BeginClose();
        try
        {
            await _ended.Task.WaitAsync(s_closing, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // The thread is inside a system call that does not end; it closes the descriptor when it comes back, never under the call.
        }
    }

    private void BeginClose()
    {
        lock (_gate)
        {
            _closing = true;
            _loss ??= new LinkException(LinkFault.Lost, Name, "the link has been closed");
            if (!_ended.Task.IsCompleted)
                WakeThread();
        }
    }

    private void Serve()
    {
        try
        {
            var descriptor = _open();
            lock (_gate)
                _descriptor = descriptor;
            _opened.SetResult();
            while (Step())
            {
            }
        }
        catch (Exception e)
        {
            Lose(e as LinkException ?? new LinkException(LinkFault.Lost, Name, e.Message, cause: e));
            _opened.TrySetException(_loss!);
        }

        Lose(new LinkException(LinkFault.Lost, Name, "the link has been closed"));
        lock (_gate)
        {
            if (_descriptor >= 0)
                _ = LibC.Close(_descriptor);
            _descriptor = -1;
            _ = LibC.Close(_wake);
            _ended.SetResult();
        }
    }

    private unsafe bool Step()
    {
        bool writing, draining;
        lock (_gate)
        {
            if (_closing || _loss is not null)
                return false;
            writing = _write is { Rest.IsEmpty: false };
            draining = _write is { Rest.IsEmpty: true };
        }

        // A negative descriptor is skipped by poll: a hung-up master is looked at again after a moment.
        var fds = stackalloc LibC.PollFd[2];
        fds[0] = new() { Descriptor = _isHungUp ? -1 : _descriptor, Events = (short)(LibC.POLLIN | (writing ? LibC.POLLOUT : 0)) };
        fds[1] = new() { Descriptor = _wake, Events = LibC.POLLIN };
        if (LibC.Poll(fds, 2, _isHungUp ? 20 : draining ? 2 : -1) < 0)
        {
            if (Marshal.GetLastPInvokeError() is var error && error != LibC.EINTR)
                throw SystemError.Of(error, Name, "waiting");
            return true;
        }

        if (fds[1].Returned != 0)
        {
            ulong count;
            _ = LibC.Read(_wake, (byte*)&count, sizeof(ulong));
        }

        if (_isHungUp || (fds[0].Returned & (LibC.POLLIN | LibC.POLLERR | LibC.POLLHUP | LibC.POLLNVAL)) != 0)
            TakeIn();
        GoOnWriting();
        return true;
    }

    /// <summary>Reads what has come. Under the gate from the system call to the buffer, so that discarding finds every byte in one of the two.</summary>
    private unsafe void TakeIn()
    {
        TaskCompletionSource? reader;
        lock (_gate)
        {
            var chunk = stackalloc byte[1024];
            var count = LibC.Read(_descriptor, chunk, 1024);
            if (count < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                _isHungUp = _outlivesHangUp && error == LibC.EIO;
                if (_isHungUp || error is LibC.EAGAIN or LibC.EINTR)
                    return;
                throw new LinkException(LinkFault.Lost, Name, $"the port has gone: {Marshal.GetPInvokeErrorMessage(error)} (unplugged?)");
            }

            if (count == 0)
                throw new LinkException(LinkFault.Lost, Name, "the port has hung up (unplugged?)");
            _isHungUp = false;
            for (var i = 0; i < count; i++)
            {
                if (_inputCount == InputCapacity)
                {
                    Interlocked.Add(ref _dropped, count - i);
                    break;
                }

                _input[(_inputStart + _inputCount++) % InputCapacity] = chunk[i];
            }

            (reader, _reader) = (_reader, null);
        }

        reader?.SetResult();
    }

    private int TakeInput(Span<byte> into)
    {
        var count = Math.Min(into.Length, _inputCount);
        for (var i = 0; i < count; i++)
            into[i] = _input[(_inputStart + i) % InputCapacity];
        _inputStart = (_inputStart + count) % InputCapacity;
        _inputCount -= count;
        return count;
    }

    private void GoOnWriting()
    {
        PendingWrite? done = null;
        lock (_gate)
        {
            if (_write is { } pending)
            {
                pending.Rest = pending.Rest[WriteSome(pending.Rest.Span)..];
                if (pending.Rest.IsEmpty && Unsent() == 0)
                    done = pending;
            }
        }

        done?.Done.TrySetResult();
    }

    /// <summary>Writes as much as the port takes now.</summary>
    private unsafe int WriteSome(ReadOnlySpan<byte> bytes)
    {
        var written = 0;
        fixed (byte* start = bytes)
        {
            while (written < bytes.Length)
            {
                var count = LibC.Write(_descriptor, start + written, (nuint)(bytes.Length - written));
                if (count > 0)
                {
                    written += (int)count;
                    continue;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error == LibC.EAGAIN || count == 0)
                    break;
                if (error != LibC.EINTR)
                    throw new LinkException(LinkFault.Lost, Name, $"the port has gone: {Marshal.GetPInvokeErrorMessage(error)} (unplugged?)");
            }
        }

        return written;
    }

    /// <summary>Bytes that the port has taken and not sent. Asked for instead of tcdrain, which flow control can block for ever.</summary>
    private int Unsent()
    {
        var count = 0;
        return LibC.Ioctl(_descriptor, LibC.TIOCOUTQ, ref count) == 0 ? count : 0;
    }

    private void Lose(LinkException loss)
    {
        TaskCompletionSource? reader;
        PendingWrite? write;
        lock (_gate)
        {
            _loss ??= loss;
            (reader, _reader) = (_reader, null);
            write = _write;
        }

        reader?.TrySetResult();
        write?.Done.TrySetException(_loss!);
    }

    private void ThrowIfLost()
    {
        if (_loss is { } loss)
            throw new LinkException(loss.Fault, loss.Port, loss.Reason, cause: loss);
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (!_ended.Task.IsCompleted)
                WakeThread();
        }
    }

    private unsafe void WakeThread()
    {
        var one = 1UL;
        _ = LibC.Write(_wake, (byte*)&one, sizeof(ulong));
    }

    private sealed class PendingWrite(ReadOnlyMemory<byte> rest)
    {
        public ReadOnlyMemory<byte> Rest { get; set; } = rest;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
