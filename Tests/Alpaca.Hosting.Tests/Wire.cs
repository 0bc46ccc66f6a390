using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alpaca.Hosting.Tests;

/// <summary>A bare TCP connection to a server: sends what no HTTP library would, and reads replies to the byte.</summary>
internal sealed class Wire(Socket socket) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly byte[] _buffer = new byte[4 * 1024];
    private int _start;
    private int _end;

    public Socket Socket => socket;

    /// <param name="server">Where.</param>
    /// <param name="from">The loopback address to come from: Linux has all of 127.0.0.0/8.</param>
    /// <param name="receiveBuffer">Bytes that the system may take in before the test reads them; as many as it likes if null.</param>
    public static async Task<Wire> ConnectAsync(Uri server, IPAddress? from = null, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
            socket.ReceiveBufferSize = bytes;
        if (from is not null)
            socket.Bind(new IPEndPoint(from, 0));
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, deadline.Token);
        return new Wire(socket);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        await _stream.WriteAsync(bytes, deadline.Token);
    }

    /// <summary>One whole reply; status 0 if the connection ended instead.</summary>
    public async Task<(int Status, string Head, byte[] Body)> ReadReplyAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await NextAsync() is not { } b)
                return (0, head.ToString(), []);
            head.Append((char)b);
        }

        var text = head.ToString();
        var body = new List<byte>();
        if (Field(text, "Content-Length") is { } length)
        {
            for (var i = int.Parse(length, System.Globalization.CultureInfo.InvariantCulture); i > 0; i--)
                body.Add(await NextAsync() ?? throw new EndOfStreamException($"The reply broke off after {body.Count} bytes: {text}"));
        }

        return (int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text, [.. body]);
    }

    /// <summary>Reads until the other side closes; what came.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        var all = new List<byte>();
        while (await NextAsync() is { } b)
            all.Add(b);
        return [.. all];
    }

    /// <summary>Reads some bytes and forgets them.</summary>
    public async Task ReceiveAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (await NextAsync() is null)
                throw new EndOfStreamException($"The connection ended after {i} bytes.");
        }
    }

    /// <summary>Closes with a reset, as a client does that was killed.</summary>
    public void Vanish()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static string? Field(string head, string name) =>
        head.Split("\r\n").Select(line => line.Split(": ", 2)).FirstOrDefault(field => field[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    private async ValueTask<byte?> NextAsync()
    {
        if (_start == _end)
        {
            using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
            try
            {
                (_start, _end) = (0, await _stream.ReadAsync(_buffer, deadline.Token));
            }
            catch (IOException)
            {
                // Reset: the other side has closed, only less politely.
                return null;
            }

            if (_end == 0)
                return null;
        }

        return _buffer[_start++];
    }
}
