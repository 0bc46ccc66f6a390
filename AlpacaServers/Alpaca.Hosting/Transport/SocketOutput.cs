using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Alpaca.Hosting;

/// <summary>
/// The sending half of a connection, straight to the socket. Kestrel's own hands bytes from one thread to another through blocks of 4 KB, which
/// costs an image three times as long as the network takes; this one gives the writer one block as large as it asks for, and a flush is one send.
/// A flush that has ended has given its bytes to the operating system, so nothing waits behind the writer but the socket itself.
/// </summary>
/// <param name="socket">The connection's socket; closed by the transport that owns it, also while a send is under way.</param>
/// <param name="transport">The transport's own output, through which nothing goes but the end of the connection.</param>
internal sealed class SocketOutput(Socket socket, PipeWriter transport) : PipeWriter
{
    private const int SmallestBlock = 4 * 1024;

    private byte[] _block = [];
    private int _written;
    private bool _isBroken;
    private volatile bool _isSending;
    private bool _isCompleted;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _written;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _block.Length - _written);
        _written += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _block.AsMemory(_written);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _block.AsSpan(_written);
    }

    /// <summary>Sends what has been written. The reply is completed when the client can get no more.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_written == 0 || _isBroken)
            return new(Done());
        _isSending = true;
        try
        {
            var sending = socket.SendAsync(_block.AsMemory(0, _written), SocketFlags.None, cancellationToken);
            if (!sending.IsCompletedSuccessfully)
                return SendRestAsync(sending, cancellationToken);
            var sent = sending.Result;
            return sent == _written ? new(Done()) : SendRestAsync(new ValueTask<int>(sent), cancellationToken);
        }
        catch (Exception e) when (IsEndOfConnection(e))
        {
            _isBroken = true;
            return new(Done());
        }
    }

    /// <summary>Nothing waits here but the send itself, which ends with the connection.</summary>
    public override void CancelPendingFlush()
    {
    }

    /// <summary>The connection ends: what has not been flushed still goes out, as from a pipe.</summary>
    public override void Complete(Exception? exception = null)
    {
        if (_isCompleted)
            return;
        _isCompleted = true;
        if (!_isSending)
        {
            if (_written > 0 && !_isBroken && exception is null)
                transport.Write(_block.AsSpan(0, _written));
            Release();
        }

        transport.Complete(exception);
    }

    private static bool IsEndOfConnection(Exception e) => e is SocketException or ObjectDisposedException;

    private async ValueTask<FlushResult> SendRestAsync(ValueTask<int> sending, CancellationToken cancel)
    {
        try
        {
            var sent = await sending;
            while (sent < _written)
                sent += await socket.SendAsync(_block.AsMemory(sent, _written - sent), SocketFlags.None, cancel);
        }
        catch (Exception e) when (IsEndOfConnection(e))
        {
            _isBroken = true;
        }
        catch (OperationCanceledException)
        {
            // Part of the bytes may have left: nothing that makes sense can follow.
            _isBroken = true;
            Done();
            throw;
        }

        return Done();
    }

    private FlushResult Done()
    {
        Release();
        _isSending = false;
        return new FlushResult(isCanceled: false, isCompleted: _isBroken);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _written + Math.Max(sizeHint, 1);
        if (needed <= _block.Length)
            return;

        // What has been written so far moves along: the header in front of an image, or a text that turns out longer.
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _block.Length == 0 ? SmallestBlock : 4 * _block.Length));
        _block.AsSpan(0, _written).CopyTo(larger);
        Return(larger);
    }

    private void Release()
    {
        _written = 0;
        Return([]);
    }

    /// <summary>Gives the block back once, even if the connection ends while a send does.</summary>
    private void Return(byte[] next)
    {
        var block = Interlocked.Exchange(ref _block, next);
        if (block.Length > 0)
            ArrayPool<byte>.Shared.Return(block);
    }
}
