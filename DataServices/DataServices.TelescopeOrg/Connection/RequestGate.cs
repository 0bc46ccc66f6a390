namespace DataServices.TelescopeOrg;

/// <summary>Keeps the site's load low: few requests at once, and a pause between the starts of any two.</summary>
internal sealed class RequestGate(TimeProvider clock, int maxConcurrent, TimeSpan spacing) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(maxConcurrent);
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for a slot, which the caller disposes when the answer has been read.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        return new Slot(_slots);
    }

    /// <summary>Waits until the next request may start.</summary>
    public async Task SpaceAsync(CancellationToken cancel)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            // A clock set back must not hold the client for the length of the step.
            var start = _next > now && _next - now <= spacing * 100 ? _next : now;
            _next = start + spacing;
            wait = start - now;
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancel);
    }

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
                slots.Release();
        }
    }
}
