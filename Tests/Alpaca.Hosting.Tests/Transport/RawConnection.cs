using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alpaca.Hosting.Tests.Transport;

/// <summary>A client that is nothing but a socket: it can be slow, send several requests at once, or go away.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <param name="receiveBuffer">Bytes the operating system may keep for a client that does not read; 0 for its usual choice.</param>
    public RawConnection(Uri server, int receiveBuffer = 0)
    {
        if (receiveBuffer > 0)
            _socket.ReceiveBufferSize = receiveBuffer;
        _socket.ReceiveTimeout = 30_000;
        _socket.Connect(IPAddress.Parse(server.Host), server.Port);
    }

    public static byte[] Get(string path, string headers = "") => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n");

    public void Send(ReadOnlySpan<byte> request) => _socket.Send(request);

    /// <summary>The next reply's body. Allocates nothing if the body fits into the buffer and is not wanted.</summary>
    public byte[] Receive()
    {
        var length = ReceiveHead();
        var body = new byte[length];
        var taken = 0;
        while (taken < length)
        {
            if (_start == _end && !Fill())
                throw new IOException(FormattableString.Invariant($"the connection ended after {taken} of {length} bytes"));
            var count = Math.Min(length - taken, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(body.AsSpan(taken));
            (taken, _start) = (taken + count, _start + count);
        }

        return body;
    }

    /// <summary>Takes the next reply and forgets it.</summary>
    /// <returns>Bytes of its body.</returns>
    public int Skip()
    {
        var length = ReceiveHead();
        for (var missing = length; missing > 0;)
        {
            if (_start == _end && !Fill())
                throw new IOException("the connection ended before the reply");
            var count = Math.Min(missing, _end - _start);
            (missing, _start) = (missing - count, _start + count);
        }

        return length;
    }

    /// <summary>Bytes until the server ends the connection, in whatever way.</summary>
    public long DrainToEnd()
    {
        long total = _end - _start;
        try
        {
            while (true)
            {
                var received = _socket.Receive(_buffer);
                if (received == 0)
                    return total;
                total += received;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
            return total;
        }
    }

    /// <summary>Takes exactly so many bytes of a reply under way.</summary>
    public void Wait(int bytes)
    {
        for (var got = 0; got < bytes;)
        {
            var received = _socket.Receive(_buffer.AsSpan(0, Math.Min(_buffer.Length, bytes - got)));
            if (received == 0)
                throw new IOException("the connection ended");
            got += received;
        }
    }

    /// <summary>Goes away without a word.</summary>
    public void Vanish()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private int ReceiveHead()
    {
        int head;
        while ((head = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!Fill())
                throw new IOException("the connection ended before the reply");
        }

        var text = _buffer.AsSpan(_start, head + 2);
        var name = "Content-Length: "u8;
        var number = text[(text.IndexOf(name) + name.Length)..];
        _start += head + 4;
        return int.Parse(number[..number.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private bool Fill()
    {
        if (_start == _end)
            _start = _end = 0;
        var received = _socket.Receive(_buffer.AsSpan(_end));
        _end += received;
        return received > 0;
    }
}
