using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alpaca.Client.Tests;

/// <summary>A server that writes exactly the bytes a test gives it, one answer per request, and keeps what it was asked.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<byte[]?> _answers;
    private readonly Task _running;

    /// <param name="answers">In order; null never answers. When they are used up the connection is closed without an answer.</param>
    public RawServer(params byte[]?[] answers)
    {
        _answers = new(answers);
        _listener.Start();
        _running = AcceptAsync();
    }

    public static AlpacaClientOptions Quick => new()
    {
        ClientID = 4711,
        RequestTimeout = TimeSpan.FromSeconds(5),
        CommandTimeout = TimeSpan.FromSeconds(5),
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    /// <summary>Whether the connection stays open after an answer that is cut short.</summary>
    public bool StaysOpen { get; init; }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Answers with status 200 and JSON.</summary>
    public static RawServer Json(params string[] bodies) => new([.. bodies.Select(b => Reply(b))]);

    public static byte[] Reply(string body, string contentType = "application/json", string status = "200 OK", int? length = null) =>
        Reply(Encoding.UTF8.GetBytes(body), contentType, status, length);

    /// <param name="length">What Content-Length says, if not the truth.</param>
    public static byte[] Reply(byte[] body, string contentType, string status = "200 OK", int? length = null)
    {
        var type = contentType.Length == 0 ? string.Empty : $"Content-Type: {contentType}\r\n";
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{type}Content-Length: {length ?? body.Length}\r\n\r\n"), .. body];
    }

    public AlpacaConnection Connect(AlpacaClientOptions? options = null) => new(Address, options ?? Quick);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (_stop.IsCancellationRequested && e is (OperationCanceledException or SocketException))
        {
            // The test is over; an accept that is cancelled may say so in either way.
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        try
        {
            while (await ReadRequestAsync(stream) is { } request)
            {
                _requests.Enqueue(request);
                if (!_answers.TryDequeue(out var answer))
                    return;
                if (answer is null)
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                await stream.WriteAsync(answer, _stop.Token);
                if (IsCutShort(answer!) && !StaysOpen)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
            return;
        }
    }

    private static bool IsCutShort(byte[] answer)
    {
        var text = Encoding.Latin1.GetString(answer);
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        const string key = "Content-Length: ";
        var at = text.IndexOf(key, StringComparison.Ordinal);
        return at < 0 || body < 4 || answer.Length - body < int.Parse(text[(at + key.Length)..text.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
                return null;
            bytes.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.ASCII.GetString([.. bytes]);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            const string key = "Content-Length: ";
            var at = text.IndexOf(key, StringComparison.OrdinalIgnoreCase);
            var length = at < 0 ? 0 : int.Parse(text[(at + key.Length)..text.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
            if (head >= 0 && text.Length >= head + 4 + length)
                return text;
        }
    }
}
