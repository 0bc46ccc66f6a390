namespace Alpaca.Devices.Loop;

/// <summary>Wakes one loop, from any thread; what was set while nobody waited is kept. The loop goes on in its own context.</summary>
internal sealed class WakeUp
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            (waiter, _waiter) = (_waiter, null);
            _isSet = waiter is null;
        }

        waiter?.SetResult();
    }

    /// <summary>Completes at the next <see cref="Set"/>, or at once if there was one. A wait that nobody waits for any more takes nothing from the next.</summary>
    public async Task WaitAsync()
    {
        Task waiting;
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return;
            }

            waiting = (_waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        // Awaited here and not by the caller: WhenAny on the source itself would leave the loop.
        await waiting;
    }
}
