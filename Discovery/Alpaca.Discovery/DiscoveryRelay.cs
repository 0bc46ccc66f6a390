using System.Net;

namespace Alpaca.Discovery;

/// <summary>
/// Answers discovery for a server that cannot hear it: one in a container, whose network broadcasts do not reach. It runs where the server's port is published,
/// and tells clients that port. While the server does not answer, neither does the relay: nobody is sent to a door that is shut.
/// </summary>
/// <param name="port">TCP port of this machine at which clients reach the server, 1 to 65535.</param>
/// <param name="options">Where to listen and how much to answer.</param>
/// <param name="clock">Real time.</param>
/// <param name="transport">What the server is asked with; null for HTTP over TCP.</param>
public sealed class DiscoveryRelay(int port, DiscoveryOptions options, TimeProvider clock, HttpMessageHandler? transport = null) : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client = new(transport ?? new SocketsHttpHandler { UseProxy = false }) { Timeout = s_deadline };
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DiscoveryResponder? _responder;
    private Task _watch = Task.CompletedTask;

    /// <summary>Whether the server answers, and with it the relay.</summary>
    public bool IsAnswering => Volatile.Read(ref _responder) is not null;

    /// <summary>Called when the server has begun or ceased to answer.</summary>
    public Action<bool>? Changed { get; init; }

    /// <summary>Looks whether the server is there, begins to answer for it, and goes on watching it.</summary>
    /// <exception cref="DiscoveryException">The discovery port cannot be used.</exception>
    public async Task StartAsync()
    {
        // A port that cannot be used is found out now, whether the server is there or not.
        await using (var trial = new DiscoveryResponder(port, options, clock))
            trial.Start();
        _watch = WatchAsync();
        await _firstLook.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _watch;
        await SetAsync(false);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await SetAsync(await IsThereAsync());
                _firstLook.TrySetResult();
                await Task.Delay(s_interval, clock, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _firstLook.TrySetResult();
        }
    }

    private async Task SetAsync(bool isThere)
    {
        if (isThere == IsAnswering)
            return;
        if (isThere)
        {
            var responder = new DiscoveryResponder(port, options, clock);
            try
            {
                responder.Start();
            }
            catch (DiscoveryException)
            {
                // An interface has just gone, or another program has taken the port for itself: the next look tries again.
                await responder.DisposeAsync();
                return;
            }

            Volatile.Write(ref _responder, responder);
        }
        else if (Interlocked.Exchange(ref _responder, null) is { } responder)
        {
            await responder.DisposeAsync();
        }

        Changed?.Invoke(isThere);
    }

    /// <summary>Any HTTP reply below 500 will do: a server that asks for a password is there too.</summary>
    private async Task<bool> IsThereAsync()
    {
        var address = options.Addresses.FirstOrDefault(a => !a.Equals(IPAddress.Any) && !a.Equals(IPAddress.IPv6Any)) ?? IPAddress.Loopback;
        try
        {
            using var reply = await _client.GetAsync(new UriBuilder("http", address.ToString(), port, "/management/apiversions").Uri, _stop.Token);
            return (int)reply.StatusCode < 500;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
