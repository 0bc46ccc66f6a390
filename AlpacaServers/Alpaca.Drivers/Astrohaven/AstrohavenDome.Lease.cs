using Alpaca.Contract;
using Microsoft.Extensions.Logging;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>What closes the dome when nobody asks for it: a lapsed lease, and the end of the server.</summary>
internal sealed partial class AstrohavenDome
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ending = new();
    private int _isWatching;

    /// <inheritdoc/>
    public override TimeSpan ShutDownDeadline => base.ShutDownDeadline + (_options.CloseOnShutdown ? LongestMove : TimeSpan.Zero);

    /// <inheritdoc/>
    protected override async ValueTask ShutDownAsync()
    {
        _ending.Cancel();
        if (!_options.CloseOnShutdown || !IsConnected || Last is { Value.IsClosed: true })
            return;
        Log.LogInformation("{Device}: the server ends; closing the dome first.", Identity.Name);
        StartClosing();
        if (_move is { } move)
        {
            await move.Ended;
            if (move.Motion.Failure is { } failure)
                throw failure;
        }
    }

    /// <summary>Whoever asks now answers for the open dome from now on.</summary>
    private void HoldLease()
    {
        _lease.Take(RequestingClient.Current);
        if (_lease.IsOn)
            WatchLease();
    }

    private void WatchLease()
    {
        if (Interlocked.Exchange(ref _isWatching, 1) == 0)
            _ = WatchLeaseAsync(_ending.Token);
    }

    private async Task WatchLeaseAsync(CancellationToken cancel)
    {
        try
        {
            var wasSaid = false;
            while (_lease.Left is { } left)
            {
                if (left > TimeSpan.Zero)
                {
                    wasSaid = false;
                    await Task.Delay(left < s_look ? left + TimeSpan.FromMilliseconds(1) : s_look, Clock, cancel);
                }
                else
                {
                    if (!wasSaid)
                        Log.LogError("{Device}: client {Client}, which opened it, has not been heard of for {Lease}. Closing it.", Identity.Name, _lease.Holder, _lease.Duration);
                    wasSaid = true;
                    if (!await CloseUnaskedAsync())
                        await Task.Delay(s_again, Clock, cancel);
                }

                // Looked at first: who opens the dome meanwhile makes a promise of its own, which stays.
                var promise = _lease.Promise;
                if (_move is not { Motion.IsUnderWay: true } && Last is { Value.IsClosed: true })
                    _lease.Release(promise);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends; ShutDownAsync has the last word.
        }
        finally
        {
            Volatile.Write(ref _isWatching, 0);

            // Taken after the last look and before this: found the watch still on, and started none.
            if (_lease.Holder is not null && !cancel.IsCancellationRequested)
                WatchLease();
        }
    }

    /// <summary>Closes the dome although no client asks, connecting to it if none is connected. False if it is not closed afterwards.</summary>
    private async ValueTask<bool> CloseUnaskedAsync()
    {
        _isToBeClosed = true;
        var connects = Outage is null && !IsConnected;
        try
        {
            if (connects)
                await SetConnectedAsync(true);
            if (Outage is not null)
                return false;
            StartClosing();
            if (_move is { } move)
                await move.Ended;
            var promise = _lease.Promise;
            var isClosed = Last is { Value.IsClosed: true };
            if (connects && isClosed)
            {
                // Nobody is left who would be told by a dome that goes on being connected.
                _lease.Release(promise);
                await SetConnectedAsync(false);
            }

            return isClosed;
        }
        catch (AlpacaException e)
        {
            Log.LogError("{Device} could not be closed: {Reason}", Identity.Name, e.Message);
            return false;
        }
    }
}
