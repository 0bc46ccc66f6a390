using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Measuring;

/// <summary>One keep-alive connection that sends prepared bytes and counts what comes back: the same load for every server, with nothing allocated.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer;
    private readonly byte[] _request;

    public RawClient(int port, byte[] request, int bufferBytes = 16 * 1024)
    {
        _request = request;
        _buffer = new byte[bufferBytes];
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(IPAddress.Loopback, port);
    }

    public static byte[] Get(string path, string accept = "application/json") =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n");

    /// <summary>Sends the request and waits for the reply's last byte.</summary>
    /// <returns>Bytes of the body.</returns>
    public long Exchange()
    {
        _socket.Send(_request);
        var received = _socket.Receive(_buffer);
        var body = BodyLength(_buffer.AsSpan(0, received), out var head);
        var missing = head + body - received;
        while (missing > 0)
        {
            var more = _socket.Receive(_buffer);
            if (more == 0)
                throw new IOException("the server closed the connection");
            missing -= more;
        }

        return body;
    }

    /// <summary>The same without a thread that waits; the reply is short.</summary>
    public async ValueTask ExchangeAsync()
    {
        await _socket.SendAsync(_request);
        var received = await _socket.ReceiveAsync(_buffer);
        var missing = BodyLength(_buffer.AsSpan(0, received), out var head) + head - received;
        while (missing > 0)
        {
            var more = await _socket.ReceiveAsync(_buffer);
            if (more == 0)
                throw new IOException("the server closed the connection");
            missing -= more;
        }
    }

    /// <summary>Sends the request and receives a known number of bytes: for a server without HTTP.</summary>
    public void ExchangeRaw(long bytes)
    {
        _socket.Send(_request);
        while (bytes > 0)
            bytes -= _socket.Receive(_buffer);
    }

    /// <summary>Sends the request and receives chunks up to the last, the empty one.</summary>
    public void ExchangeChunked()
    {
        _socket.Send(_request);
        int received;
        do
            received = _socket.Receive(_buffer);
        while (!_buffer.AsSpan(0, received).EndsWith("\r\n0\r\n\r\n"u8));
    }

    public void Dispose() => _socket.Dispose();

    private static long BodyLength(ReadOnlySpan<byte> reply, out int head)
    {
        var name = "Content-Length: "u8;
        head = reply.IndexOf("\r\n\r\n"u8) + 4;
        var at = reply.IndexOf(name);
        if (!reply.StartsWith("HTTP/1.1 200"u8) || head < 4 || at < 0 || at > head)
            throw new IOException("not the reply expected: " + Encoding.ASCII.GetString(reply[..Math.Min(reply.Length, 300)]));
        var number = reply[(at + name.Length)..head];
        return long.Parse(number[..number.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
