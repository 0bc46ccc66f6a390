using Alpaca.Contract;

namespace Alpaca.Devices;

/// <summary>
/// The members every device has: identity and the life cycle of its connection. A driver derives from this and implements its device interface;
/// the members here satisfy the common part of it.
/// </summary>
/// <remarks>
/// Requests arrive on many threads at once. The connection is one immutable record, swapped atomically; whoever finds no work under way starts it,
/// and that one worker follows the newest wish until it is met, so parallel connects and disconnects end in the state asked for last.
/// </remarks>
public abstract class DeviceBase(DeviceIdentity identity, TimeProvider clock) : IAsyncDisposable
{
    private ConnectionState _connection = new(Wanted: false, Connected: false, Work: null, Fault: null);

    /// <summary>Who the device is.</summary>
    public DeviceIdentity Identity { get; } = identity;

    /// <summary>The one source of time.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>How long the hardware may take to answer when it is opened or closed, on the clock.</summary>
    protected virtual TimeSpan ConnectionDeadline => TimeSpan.FromSeconds(30);

    /// <summary>Why a connected device cannot reach its hardware now; null while it can. Meanwhile it counts as not connected.</summary>
    protected virtual AlpacaException? Outage => null;

    /// <summary>True while the device is connected to its hardware.</summary>
    protected bool IsConnected => Volatile.Read(ref _connection).Connected && Outage is null;

    public ValueTask ConnectAsync(CancellationToken cancel = default)
    {
        _ = Request(connected: true);
        return default;
    }

    public ValueTask DisconnectAsync(CancellationToken cancel = default)
    {
        _ = Request(connected: false);
        return default;
    }

    public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default)
    {
        var seen = Volatile.Read(ref _connection);
        ThrowIfFailed(seen);
        return new(seen.Work is not null);
    }

    public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => new(IsConnected);

    public async ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default)
    {
        await Request(connected).WaitAsync(cancel);
        ThrowIfFailed(Volatile.Read(ref _connection));
    }

    public ValueTask<string> NameAsync(CancellationToken cancel = default) => new(Identity.Name);

    public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => new(Identity.Description);

    public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => new(Identity.DriverInfo);

    public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => new(Identity.DriverVersion);

    /// <summary>The program ends in order: what the device does last is done, then its hardware is let go.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await ShutDownAsync();
        }
        finally
        {
            await Request(connected: false);
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>How long <see cref="DisposeAsync"/> may take, real time; whoever ends the program gives up then.</summary>
    public virtual TimeSpan ShutDownDeadline => TimeSpan.FromSeconds(10);

    /// <summary>What the device does last when the program ends in order, such as closing a dome. By default nothing.</summary>
    protected virtual ValueTask ShutDownAsync() => default;

    /// <summary>
    /// Opens the hardware. What it throws is reported by Connecting until the next attempt. Called again for a device that is connected and suffers an
    /// <see cref="Outage"/>, when a client connects it once more.
    /// </summary>
    protected virtual ValueTask OpenAsync(CancellationToken cancel) => default;

    /// <summary>Lets go of the hardware.</summary>
    protected virtual ValueTask CloseAsync(CancellationToken cancel) => default;

    /// <summary>Throws NotConnected (0x407) while disconnected. Range checks come before it.</summary>
    protected void EnsureConnected()
    {
        if (!IsConnected)
            throw Outage ?? AlpacaException.NotConnected(Identity.Name);
    }

    private void ThrowIfFailed(ConnectionState state)
    {
        if (state.Fault is { } fault)
            throw fault as AlpacaException ?? new AlpacaException(AlpacaError.Driver, $"{Identity.Name} could not be connected or disconnected: {fault.Message}", fault);
    }

    private Task Request(bool connected)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _connection);
            if (seen.Work is { } underWay)
            {
                if (Swap(seen, seen with { Wanted = connected }))
                    return underWay;
            }
            else if (seen.Connected == connected && !(connected && Outage is not null))
            {
                if (Swap(seen, seen with { Wanted = connected, Fault = null }))
                    return Task.CompletedTask;
            }
            else
            {
                var done = new TaskCompletionSource();
                if (Swap(seen, new ConnectionState(connected, seen.Connected, done.Task, Fault: null)))
                {
                    _ = FollowWishesAsync(done);
                    return done.Task;
                }
            }
        }
    }

    private async Task FollowWishesAsync(TaskCompletionSource done)
    {
        if (Volatile.Read(ref _connection) is { Connected: true, Wanted: true })
            await MendAsync();
        while (true)
        {
            var seen = Volatile.Read(ref _connection);
            if (seen.Connected == seen.Wanted)
            {
                if (!Swap(seen, seen with { Work = null }))
                    continue;
                done.SetResult();
                return;
            }

            await MoveToAsync(seen.Wanted);
        }
    }

    /// <summary>Tries to end an outage. The device stays connected if that fails, and goes on looking for its hardware.</summary>
    private async Task MendAsync()
    {
        var fault = await TryAsync(connected: true);
        Change(seen => seen with { Fault = fault });
    }

    private async Task MoveToAsync(bool connected)
    {
        var fault = await TryAsync(connected);

        // A failed opening gives up the wish it served; a failed closing leaves nothing to be connected to.
        Change(seen => fault is null
            ? seen with { Connected = connected, Fault = null }
            : seen with { Connected = false, Wanted = seen.Wanted != connected && seen.Wanted, Fault = fault });
    }

    private async Task<Exception?> TryAsync(bool connected)
    {
        try
        {
            using var deadline = new CancellationTokenSource(ConnectionDeadline, Clock);
            await (connected ? OpenAsync(deadline.Token) : CloseAsync(deadline.Token));
        }
        catch (OperationCanceledException e)
        {
            return new TimeoutException($"no answer within {ConnectionDeadline.TotalSeconds:0} s. Check its power and cable.", e);
        }
        catch (Exception e)
        {
            return e;
        }

        return null;
    }

    private void Change(Func<ConnectionState, ConnectionState> change)
    {
        ConnectionState seen;
        do
            seen = Volatile.Read(ref _connection);
        while (!Swap(seen, change(seen)));
    }

    // The very record, not an equal one: another request may have put an equal one in its place, and then this change has not been made.
    private bool Swap(ConnectionState seen, ConnectionState next) => ReferenceEquals(Interlocked.CompareExchange(ref _connection, next, seen), seen);

    private sealed record ConnectionState(bool Wanted, bool Connected, Task? Work, Exception? Fault);
}
