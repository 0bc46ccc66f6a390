using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>A connection to the HiPERCAM file server for one run: requests as JSON text, one reply each, in order.</summary>
internal sealed class HipercamServerClient : IAsyncDisposable
{
    private const int MaxReply = 128 << 20;
    private const string NoSuchRun = "no such run";
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);
    private readonly ClientWebSocket _socket = new();
    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly ArrayBufferWriter<byte> _reply = new(1 << 16);
    private Task<WebSocketMessageType>? _greeting;

    private HipercamServerClient(string name, TimeProvider clock)
    {
        _name = name;
        _clock = clock;
    }

    public static async Task<HipercamServerClient> ConnectAsync(Uri server, string run, TimeProvider clock, CancellationToken cancel)
    {
        var client = new HipercamServerClient(new Uri(server, run).ToString(), clock);
        try
        {
            await client.WithinAsync(token => client._socket.ConnectAsync(new Uri(server, run), token), "connect", cancel);
            await client.GreetAsync(cancel);
            return client;
        }
        catch (Exception error) when (error is WebSocketException or SocketException or HttpRequestException)
        {
            await client.DisposeAsync();
            throw new RunException($"{client._name}: cannot be reached: {(error.InnerException ?? error).Message}", error);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public async Task<FitsHeader> GetHeaderAsync(CancellationToken cancel)
    {
        var text = Encoding.Latin1.GetString((await AskAsync("""{"action":"get_hdr"}""", WebSocketMessageType.Text, cancel)).Span);
        // Some servers put a line end behind every card, and then need not fill cards with blanks.
        var cards = text.Contains('\n', StringComparison.Ordinal) ? string.Concat(text.Split('\n').Select(line => line.TrimEnd('\r').PadRight(80))) : text;
        return FitsHeader.Parse(Encoding.Latin1.GetBytes(cards));
    }

    public async Task<int> CountAsync(CancellationToken cancel)
    {
        var reply = await AskAsync("""{"action":"get_nframes"}""", WebSocketMessageType.Text, cancel);
        try
        {
            using var json = JsonDocument.Parse(reply);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("nframes", out var count) && count.TryGetInt32(out var frames) && frames >= 0)
                return frames;
        }
        catch (JsonException error)
        {
            throw new RunException($"{_name}: the reply to get_nframes is not JSON: {error.Message}", error);
        }

        throw new RunException($"{_name}: the reply to get_nframes has no number \"nframes\".");
    }

    /// <summary>A frame's bytes, valid until the next request; empty: not there yet.</summary>
    public Task<ReadOnlyMemory<byte>> GetFrameAsync(int number, CancellationToken cancel) =>
        AskAsync($$"""{"action":"get_frame","frame_number":{{number}}}""", WebSocketMessageType.Binary, cancel);

    /// <inheritdoc cref="GetFrameAsync"/>
    public Task<ReadOnlyMemory<byte>> GetNextAsync(CancellationToken cancel) => AskAsync("""{"action":"get_next"}""", WebSocketMessageType.Binary, cancel);

    /// <inheritdoc cref="GetFrameAsync"/>
    public Task<ReadOnlyMemory<byte>> GetLastAsync(CancellationToken cancel) => AskAsync("""{"action":"get_last"}""", WebSocketMessageType.Binary, cancel);

    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open)
        {
            try
            {
                await WithinAsync(token => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, token), "close", CancellationToken.None);
            }
            catch (Exception error) when (error is WebSocketException or TimeoutException)
            {
                // It is gone either way.
            }
        }

        _socket.Dispose();
    }

    // New servers greet with a status; old ones say nothing before they are asked.
    private async Task GreetAsync(CancellationToken cancel)
    {
        _greeting = ReceiveAsync(CancellationToken.None);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var first = await Task.WhenAny(_greeting, Task.Delay(_grace, _clock, enough.Token));
        await enough.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        if (first != _greeting)
            return;
        await _greeting;
        _greeting = null;
        RequireRun();
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(string request, WebSocketMessageType expected, CancellationToken cancel)
    {
        try
        {
            await WithinAsync(token => _socket.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, true, token), "send", cancel);
            // A receive that waited for a greeting gets the first reply instead.
            var pending = _greeting;
            _greeting = null;
            var type = default(WebSocketMessageType);
            await WithinAsync(async token => type = pending is null ? await ReceiveAsync(token) : await pending.WaitAsync(token), request, cancel);
            if (type == WebSocketMessageType.Text)
                RequireRun();
            return type == expected ? _reply.WrittenMemory : throw new RunException($"{_name}: the reply to {request} is {type}, not {expected}.");
        }
        catch (WebSocketException error)
        {
            throw new RunException($"{_name}: the connection was lost: {error.Message}", error);
        }
    }

    private void RequireRun()
    {
        if (_reply.WrittenCount < 1024 && Encoding.UTF8.GetString(_reply.WrittenSpan).Contains(NoSuchRun, StringComparison.Ordinal))
            throw new RunNotFoundException($"{_name}: the server has no such run.");
    }

    private async Task<WebSocketMessageType> ReceiveAsync(CancellationToken cancel)
    {
        _reply.ResetWrittenCount();
        while (true)
        {
            var piece = await _socket.ReceiveAsync(_reply.GetMemory(1 << 16), cancel);
            if (piece.MessageType == WebSocketMessageType.Close)
                throw new RunException($"{_name}: the server closed the connection.");
            _reply.Advance(piece.Count);
            if (_reply.WrittenCount > MaxReply)
                throw new RunException($"{_name}: a reply of more than {MaxReply} bytes.");
            if (piece.EndOfMessage)
                return piece.MessageType;
        }
    }

    private async Task WithinAsync(Func<CancellationToken, Task> action, string what, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(_deadline, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            await action(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{_name}: no answer within {_deadline.TotalSeconds:0} s ({what}).");
        }
    }
}
