namespace Sequencer.Core.Observing;

/// <summary>Looks at safety every two seconds while something runs, and cancels it at once when it becomes unsafe.</summary>
public sealed class SafetyGuard : IDisposable
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Func<string?> _unsafeReason;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop;

    /// <param name="unsafeReason">Why it is unsafe now, or null.</param>
    public SafetyGuard(Func<string?> unsafeReason, TimeProvider clock, CancellationToken cancel)
    {
        (_unsafeReason, _clock) = (unsafeReason, clock);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    /// <summary>Why it became unsafe; null as long as it has not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Why the work was stopped, also when whoever stopped it was quicker than the guard.</summary>
    public string StopReason => Reason ?? _unsafeReason() ?? "stopped";

    /// <summary>Runs <paramref name="work"/> under guard.</summary>
    /// <exception cref="OperationCanceledException">It became unsafe (<see cref="Reason"/> says why), or the caller cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Look();
        _stop.Token.ThrowIfCancellationRequested();
        using var done = new CancellationTokenSource();
        var watch = WatchAsync(done.Token);
        try
        {
            return await work(_stop.Token);
        }
        finally
        {
            // Not CancelAsync: it leaves the loop that the virtual clock runs on.
            done.Cancel();
            await watch;
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchAsync(CancellationToken done)
    {
        try
        {
            while (Reason is null)
            {
                await Task.Delay(Interval, _clock, done);
                Look();
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The work is over.
        }
    }

    private void Look()
    {
        if (_unsafeReason() is not { } reason) return;
        Reason = reason;
        _stop.Cancel();
    }
}
