using System.Net.Sockets;

namespace Alpaca.Devices.Links;

/// <summary>A TCP connection to a device or to a serial port server (<c>tcp://host:port</c>). Its deadlines run on real time.</summary>
public sealed class TcpLink : ILink
{
    private readonly Socket _socket;

    private TcpLink(string name, Socket socket)
    {
        (Name, _socket) = (name, socket);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeProvider Time => TimeProvider.System;

    /// <summary>Connects.</summary>
    /// <exception cref="LinkException">The host is unknown, refuses, or does not answer by the deadline.</exception>
    public static async ValueTask<ILink> ConnectAsync(string host, int port, TimeSpan deadline, CancellationToken cancel = default)
    {
        var name = $"tcp://{host}:{port}";
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await UnderDeadlineAsync(socket.ConnectAsync(host, port, cancel).AsTask(), deadline, cancel);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return new TcpLink(name, socket);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e switch
            {
                TimeoutException => new LinkException(LinkFault.NotFound, name, "no connection; check that the device is on and the network reaches it", deadline: deadline, cause: e),
                SocketException => new LinkException(LinkFault.NotFound, name, $"cannot be reached ({Lower(e.Message)}); check the address and that the device is on", cause: e),
                _ => e,
            };
        }
    }

    /// <summary>A link over a connection that was accepted.</summary>
    public static ILink Accepted(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        socket.NoDelay = true;
        return new TcpLink($"tcp://{socket.RemoteEndPoint}", socket);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan deadline, CancellationToken cancel = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(deadline);
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await _socket.SendAsync(bytes, end.Token)..];
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new LinkException(LinkFault.Timeout, Name, "the other end took no more bytes", deadline: deadline, cause: e);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Lost(e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(deadline);
        try
        {
            var count = _socket.Available > 0 ? _socket.Receive(into.Span) : await _socket.ReceiveAsync(into, end.Token);
            return count > 0 ? count : throw Lost(null);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new LinkException(LinkFault.Timeout, Name, "no answer", deadline: deadline, cause: e);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Lost(e);
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        Span<byte> rest = stackalloc byte[1024];
        try
        {
            while (_socket.Available > 0 && _socket.Receive(rest) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The next read or write meets the same loss and reports it.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }

    private static async ValueTask UnderDeadlineAsync(Task work, TimeSpan deadline, CancellationToken cancel) =>
        await work.WaitAsync(deadline, TimeProvider.System, cancel);

    private static string Lower(string message) => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');

    private LinkException Lost(Exception? cause) => new(LinkFault.Lost, Name, "the connection was closed by the other end or broke", cause: cause);
}
