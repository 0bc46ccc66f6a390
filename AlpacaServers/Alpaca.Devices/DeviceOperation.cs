namespace Alpaca.Devices;

/// <summary>
/// Something a device does after the command has been answered. At most one runs at a time; what it failed with is kept until the next one starts,
/// so that the completion property can report it.
/// </summary>
public sealed class DeviceOperation
{
    private Run? _run;

    /// <summary>True from <see cref="TryStart"/> until the work has ended, whichever way.</summary>
    public bool IsRunning => Volatile.Read(ref _run) is { Ended: false };

    /// <summary>What the last work failed with; null if it did not, still runs, or was cancelled.</summary>
    public Exception? Failure => Volatile.Read(ref _run)?.Failure;

    /// <summary>Starts work on the current scheduler, unless some is under way.</summary>
    /// <returns>False if there was work under way.</returns>
    public bool TryStart(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var seen = Volatile.Read(ref _run);
        if (seen is { Ended: false })
            return false;
        var run = new Run(new CancellationTokenSource());
        if (Interlocked.CompareExchange(ref _run, run, seen) != seen)
            return false;
        _ = run.GoAsync(work);
        return true;
    }

    /// <summary>Ends the work under way; it counts as ended at once, and what it still produces must be ignored by its token.</summary>
    public void Cancel() => Volatile.Read(ref _run)?.Cancel();

    private sealed class Run(CancellationTokenSource source)
    {
        private readonly CancellationToken _cancelled = source.Token;
        private CancellationTokenSource? _source = source;
        private int _ended;
        private Exception? _failure;

        public bool Ended => Volatile.Read(ref _ended) != 0;

        public Exception? Failure => Volatile.Read(ref _failure);

        public async Task GoAsync(Func<CancellationToken, Task> work)
        {
            try
            {
                await work(_cancelled);
            }
            catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
            {
                // Cancelling is an answer, not a failure.
            }
            catch (Exception e)
            {
                Volatile.Write(ref _failure, e);
            }

            Volatile.Write(ref _ended, 1);
            Interlocked.Exchange(ref _source, null)?.Dispose();
        }

        public void Cancel()
        {
            if (Interlocked.Exchange(ref _source, null) is not { } mine)
                return;
            Volatile.Write(ref _ended, 1);
            mine.Cancel();
            mine.Dispose();
        }
    }
}
