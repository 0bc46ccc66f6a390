using System.Net.Sockets;
using System.Threading.Channels;

namespace DataServices.Aartfaac;

/// <summary>Receives one subband: connects, reads windows, and connects again when that ends. Fails on its own.</summary>
internal sealed class SubbandReceiver : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamOptions _options;
    private readonly ChannelWriter<SubbandImage> _target;
    private readonly SemaphoreSlim _places;
    private readonly Random _jitter;
    private readonly int _index;
    private readonly Dictionary<WindowRejection, long> _rejected = [];
    private readonly DateTimeOffset _begun;
    private bool _isConnected;
    private long _connections;
    private long _windows;
    private long _bytes;
    private DateTimeOffset? _lastStamp;
    private DateTimeOffset? _lastArrival;
    private string? _lastError;

    public SubbandReceiver(int index, AartfaacEndpoint endpoint, StreamOptions options, ChannelWriter<SubbandImage> target)
    {
        _index = index;
        Endpoint = endpoint;
        _options = options;
        _target = target;
        _places = new SemaphoreSlim(options.WindowsPerEndpoint);
        _jitter = new Random(options.Seed + index);
        _begun = options.Clock.GetUtcNow();
    }

    public AartfaacEndpoint Endpoint { get; }

    /// <summary>Says that a window has been taken from the queue.</summary>
    public void Release() => _places.Release();

    public async Task RunAsync(CancellationToken cancel)
    {
        var backOff = _options.FirstBackOff;
        while (!cancel.IsCancellationRequested)
        {
            var before = Volatile.Read(ref _windows);
            try
            {
                await ReceiveAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is IOException or SocketException or TimeoutException or OperationCanceledException)
            {
                Ended(error.Message);
            }

            if (Volatile.Read(ref _windows) > before)
                backOff = _options.FirstBackOff;
            // Servers that went away together must not be stormed together.
            var pause = backOff * (0.75 + 0.5 * _jitter.NextDouble());
            backOff = backOff * 2 < _options.LongestBackOff ? backOff * 2 : _options.LongestBackOff;
            try
            {
                await Task.Delay(pause, _options.Clock, cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public EndpointStatus Status(DateTimeOffset now, long gaps)
    {
        lock (_lock)
        {
            var isSilent = now - (_lastArrival ?? _begun) > _options.Cadence * _options.SilentCadences;
            return new EndpointStatus(
                Endpoint, _isConnected, _connections, _windows, _bytes, new Dictionary<WindowRejection, long>(_rejected), _lastStamp, _lastArrival,
                _lastArrival - _lastStamp, gaps, isSilent, _lastError);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task ReceiveAsync(CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        using (var deadline = new CancellationTokenSource(_options.ConnectTimeout, _options.Clock))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel))
        {
            try
            {
                await socket.ConnectAsync(Endpoint.Host, Endpoint.Port, either.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"{Endpoint}: no connection within {_options.ConnectTimeout.TotalSeconds:0.#} s.");
            }
        }

        lock (_lock)
        {
            _isConnected = true;
            _connections++;
        }

        await using var stream = new NetworkStream(socket, ownsSocket: false);
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // The socket itself knows only the computer's time.
        var limit = _options.IdleTimeout > TimeSpan.Zero ? _options.IdleTimeout : Timeout.InfiniteTimeSpan;
        await using var timer = _options.Clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), idle, limit, Timeout.InfiniteTimeSpan);
        var reader = new WindowReader(stream, Endpoint.ToString(), _options.Limits, _options.Order, () => timer.Change(limit, Timeout.InfiniteTimeSpan));
        while (true)
        {
            if (await ReadAsync(reader, idle.Token, cancel) is not { } read)
                break;
            // A consumer that makes the sender wait is not the sender's silence.
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            await TakeAsync(read, cancel);
            timer.Change(limit, Timeout.InfiniteTimeSpan);
        }

        Ended($"{Endpoint}: the server closed the connection.");
    }

    private async Task<WindowRead?> ReadAsync(WindowReader reader, CancellationToken idle, CancellationToken cancel)
    {
        var before = reader.BytesRead;
        try
        {
            return await reader.ReadAsync(idle);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{Endpoint}: nothing came for {_options.IdleTimeout.TotalSeconds:0.#} s.");
        }
        finally
        {
            lock (_lock)
                _bytes += reader.BytesRead - before;
        }
    }

    private async Task TakeAsync(WindowRead read, CancellationToken cancel)
    {
        if (read.Window is not { } window)
        {
            lock (_lock)
            {
                _rejected[read.Rejection!.Value] = _rejected.GetValueOrDefault(read.Rejection.Value) + 1;
                _lastError = read.Reason;
            }

            return;
        }

        lock (_lock)
        {
            _windows++;
            _lastArrival = _options.Clock.GetUtcNow();
            _lastStamp = window.Stamp;
        }

        try
        {
            await _places.WaitAsync(cancel);
        }
        catch
        {
            window.Dispose();
            throw;
        }

        // After the end nobody takes it any more.
        if (!_target.TryWrite(new SubbandImage(_index, window)))
            window.Dispose();
    }

    private void Ended(string reason)
    {
        lock (_lock)
        {
            _isConnected = false;
            _lastError = reason;
        }
    }
}
