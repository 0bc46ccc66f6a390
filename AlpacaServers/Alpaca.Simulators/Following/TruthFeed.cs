using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Alpaca.Simulators.Following;

/// <summary>
/// Listens to an emulator that tells the truth about its mechanics, one JSON object a line, on a TCP port. It connects again whenever the emulator is
/// restarted; meanwhile the last thing said holds. It lives in real time, whatever clock the night runs on.
/// </summary>
public sealed class TruthFeed : IAsyncDisposable
{
    private const int LongestLine = 1 << 20;
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(200);

    private readonly IPEndPoint _emulator;
    private readonly ITruth _truth;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _listening = Task.CompletedTask;

    private TruthFeed(IPEndPoint emulator, ITruth truth, ILogger log) => (_emulator, _truth, _log) = (emulator, truth, log);

    /// <summary>Completes when the first message has been taken.</summary>
    public Task Heard => _heard.Task;

    /// <summary>Begins to listen.</summary>
    /// <param name="emulator">Where the emulator tells the truth.</param>
    /// <param name="truth">Who takes it.</param>
    /// <param name="log">Learns of losses, once each.</param>
    public static TruthFeed Start(IPEndPoint emulator, ITruth truth, ILogger log)
    {
        var feed = new TruthFeed(emulator, truth, log);
        feed._listening = feed.ListenAsync();
        return feed;
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _listening;
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var isLost = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(_emulator.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(_emulator, _stop.Token);
                if (isLost)
                    _log.LogInformation("The emulator at {Emulator} is back.", _emulator);
                isLost = false;
                await using var stream = new NetworkStream(socket, ownsSocket: false);
                await TakeAsync(stream);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                if (!isLost)
                    _log.LogWarning("The emulator at {Emulator} cannot be heard ({Reason}); what it said last holds.", _emulator, e.Message);
                isLost = true;
            }

            await Task.WhenAny(Task.Delay(s_again, TimeProvider.System, _stop.Token));
        }
    }

    private async Task TakeAsync(Stream stream)
    {
        var buffer = new byte[4096];
        var held = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(held), _stop.Token);
            if (read == 0)
                throw new IOException("it has closed the connection");
            held += read;
            var used = 0;
            while (buffer.AsSpan(used, held - used).IndexOf((byte)'\n') is >= 0 and var length)
            {
                Take(buffer.AsMemory(used, length));
                used += length + 1;
            }

            buffer.AsSpan(used, held - used).CopyTo(buffer);
            held -= used;
            if (held == buffer.Length)
            {
                if (held >= LongestLine)
                    throw new IOException("it sends a line without end");
                Array.Resize(ref buffer, held * 2);
            }
        }
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var message = JsonDocument.Parse(line);
            _truth.Take(message.RootElement);
            _heard.TrySetResult();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            _log.LogWarning("The emulator at {Emulator} says something that is no message: {Reason}", _emulator, e.Message);
        }
    }
}
