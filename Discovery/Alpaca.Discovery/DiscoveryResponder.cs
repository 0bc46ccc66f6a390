using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Alpaca.Discovery;

/// <summary>Answers discovery requests with the port of this process's HTTP server. Several servers on one machine can each have one.</summary>
public sealed class DiscoveryResponder : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);
    private readonly DiscoveryOptions _options;
    private readonly TimeProvider _clock;
    private readonly ReplyLimiter _limiter;
    private readonly byte[] _reply;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DiscoveryListener> _listeners = [];
    private readonly List<Task> _loops = [];
    private long _answered;
    private long _malformed;
    private long _oversized;
    private long _limited;
    private long _foreign;
    private long _failed;

    /// <param name="alpacaPort">TCP port of the HTTP server, 1 to 65535.</param>
    /// <param name="options">Where to listen and how much to answer.</param>
    /// <param name="clock">Real time, for the rate limit.</param>
    public DiscoveryResponder(int alpacaPort, DiscoveryOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(alpacaPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpacaPort, IPEndPoint.MaxPort);
        if (options.Addresses.Count == 0)
            throw new ArgumentException("Discovery needs an address to listen on; to do without discovery, do not start it.", nameof(options));
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _limiter = new ReplyLimiter(options, _clock);
        _reply = DiscoveryProtocol.Reply(alpacaPort);
    }

    /// <summary>What has been received so far.</summary>
    public DiscoveryCounters Counters => new(
        Volatile.Read(ref _answered),
        Volatile.Read(ref _malformed),
        Volatile.Read(ref _oversized),
        Volatile.Read(ref _limited),
        Volatile.Read(ref _foreign),
        Volatile.Read(ref _failed));

    /// <summary>Opens the sockets and begins to answer.</summary>
    /// <exception cref="DiscoveryException">An address or the port cannot be used; the message says which.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        if (_listeners.Count > 0)
            throw new InvalidOperationException("Discovery has been started already.");
        foreach (var address in _options.Addresses)
        {
            try
            {
                _listeners.AddRange(DiscoveryListener.For(address, _options.Port));
            }
            catch (SocketException e)
            {
                _listeners.ForEach(l => l.Dispose());
                _listeners.Clear();
                throw new DiscoveryException(
                    $"Discovery cannot listen on {address}, UDP port {_options.Port}: {e.Message} " +
                    "Another program may hold the port for itself; end it, or choose another discovery port.",
                    e);
            }
        }

        NetworkChange.NetworkAddressChanged += OnNetworkChange;
        _loops.AddRange(_listeners.Select(AnswerAsync));
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        NetworkChange.NetworkAddressChanged -= OnNetworkChange;
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        _listeners.ForEach(l => l.Dispose());
        _stop.Dispose();
    }

    private async Task AnswerAsync(DiscoveryListener listener)
    {
        var buffer = new byte[DiscoveryProtocol.MaximumDatagram];
        var anyone = new IPEndPoint(listener.Socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await listener.Socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, anyone, _stop.Token);
                if (Deserves(listener, received, buffer))
                    await listener.Socket.SendToAsync(_reply, SocketFlags.None, received.RemoteEndPoint, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                // A reply that found no route, an interface that went away: nothing that should end discovery, nor make it spin.
                Interlocked.Increment(ref _failed);
                await PauseAsync();
            }
        }
    }

    private bool Deserves(DiscoveryListener listener, SocketReceiveMessageFromResult received, byte[] buffer)
    {
        var source = (IPEndPoint)received.RemoteEndPoint;
        if ((received.SocketFlags & SocketFlags.Truncated) != 0)
            Interlocked.Increment(ref _oversized);
        else if (!DiscoveryProtocol.IsRequest(buffer.AsSpan(0, received.ReceivedBytes)) || source.Port == 0)
            Interlocked.Increment(ref _malformed);
        else if (!listener.Accepts(received.PacketInformation))
            Interlocked.Increment(ref _foreign);
        else if (!_limiter.TryTake(source.Address))
            Interlocked.Increment(ref _limited);
        else
        {
            Interlocked.Increment(ref _answered);
            return true;
        }

        return false;
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(PauseAfterFailure, _clock, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private void OnNetworkChange(object? sender, EventArgs e)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                listener.JoinNewInterfaces();
            }
            catch (Exception failure) when (failure is ObjectDisposedException or SocketException or NetworkInformationException)
            {
                Interlocked.Increment(ref _failed);
            }
        }
    }
}
