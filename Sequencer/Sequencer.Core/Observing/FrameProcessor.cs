using Sequencer.Core.Records;

namespace Sequencer.Core.Observing;

/// <summary>
/// What is done with a frame after it is safe: previews, compression, records. One at a time, in the background; when more wait than the bound
/// allows, new ones are left out and counted, so that the night never waits for its pictures.
/// </summary>
public sealed class FrameProcessor(TimeProvider clock, Journal journal, int capacity = 64)
{
    private readonly Lock _gate = new();
    private readonly Queue<(string Name, Func<Task> Work)> _waiting = new();
    private Task _worker = Task.CompletedTask;
    private bool _working;
    private bool _busy;

    /// <summary>Steps done.</summary>
    public int Completed { get; private set; }

    /// <summary>Steps that failed; each is a warning in the journal.</summary>
    public int Failed { get; private set; }

    /// <summary>Steps left out because too many were waiting.</summary>
    public int Dropped { get; private set; }

    /// <summary>Steps waiting or under way.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _waiting.Count + (_busy ? 1 : 0);
        }
    }

    /// <summary>Queues a step; false if it was left out.</summary>
    /// <param name="name">For warnings: "preview of ...".</param>
    public bool TryEnqueue(string name, Func<Task> work)
    {
        lock (_gate)
        {
            if (_waiting.Count >= capacity)
            {
                Dropped++;
                if (Dropped == 1) journal.Warning($"Frames come faster than they are processed: {name} is left out, and others may be.");
                return false;
            }

            _waiting.Enqueue((name, work));
            if (_working) return true;
            _working = true;
            _worker = WorkAsync();
            return true;
        }
    }

    /// <summary>Waits until everything queued is done.</summary>
    /// <returns>False if it was not done by the deadline.</returns>
    public async Task<bool> DrainAsync(TimeSpan deadline, CancellationToken cancel = default)
    {
        var worker = _worker;
        if (worker.IsCompleted) return true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var first = await Task.WhenAny(worker, Task.Delay(deadline, clock, stop.Token));
        // Not CancelAsync: it leaves the loop that the virtual clock runs on.
        stop.Cancel();
        return first == worker;
    }

    private async Task WorkAsync()
    {
        await Task.Yield();
        while (true)
        {
            (string Name, Func<Task> Work) step;
            lock (_gate)
            {
                if (!(_busy = _waiting.TryDequeue(out step)))
                {
                    _working = false;
                    return;
                }
            }

            try
            {
                await step.Work();
                Completed++;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Each step stands alone: a picture that cannot be made must not stop the next, let alone the night.
                Failed++;
                journal.Warning($"{step.Name} failed: {error.Message}");
            }
        }
    }
}
