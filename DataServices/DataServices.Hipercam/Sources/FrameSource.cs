using System.Runtime.CompilerServices;

namespace DataServices.Hipercam;

/// <summary>
/// Frames of a run, one after another, from wherever they come. Instances are independent of each other; one is used by one caller at a time.
/// </summary>
public abstract class FrameSource : IAsyncDisposable
{
    /// <param name="name">What messages call it.</param>
    protected FrameSource(string name) => Name = name;

    /// <summary>What messages call the source.</summary>
    public string Name { get; }

    /// <summary>Readout mode, binning and windows in a line for people; null where there is no such line.</summary>
    public virtual string? Setup => null;

    /// <summary>Frames given so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames the instrument lost between those given.</summary>
    public long FramesDropped { get; private set; }

    /// <summary>Raised when frames were lost, with how many and the number of the frame after the gap.</summary>
    public event EventHandler<FramesDroppedEventArgs>? Dropped;

    /// <summary>Why the source ended before its time, in words; null while it did not.</summary>
    public string? Truncation { get; private set; }

    /// <summary>The next frame if there is one now; does not wait for the instrument.</summary>
    public async ValueTask<NextFrame> TryNextAsync(CancellationToken cancel = default)
    {
        var next = await NextAsync(cancel);
        if (next.Kind == NextFrameKind.Truncated)
            Truncation = next.Note;
        if (next.Frame is not { } frame)
            return next;
        Frames++;
        if (frame.Dropped > 0)
        {
            FramesDropped += frame.Dropped;
            Dropped?.Invoke(this, new FramesDroppedEventArgs(frame.Dropped, frame.Number));
        }

        return next;
    }

    /// <summary>All frames until the run ends; without <paramref name="follow"/> also until there is none yet.</summary>
    /// <param name="follow">How to wait for frames the instrument has still to take; null not to wait.</param>
    /// <param name="cancel">Stops waiting and reading.</param>
    public async IAsyncEnumerable<Mccd> ReadAllAsync(FollowOptions? follow = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var clock = follow?.Clock ?? TimeProvider.System;
        var since = clock.GetTimestamp();
        while (true)
        {
            var next = await TryNextAsync(cancel);
            if (next.Frame is { } frame)
            {
                yield return frame;
                since = clock.GetTimestamp();
                continue;
            }

            if (next.Kind != NextFrameKind.NotYet || follow is null || clock.GetElapsedTime(since) >= follow.MaxIdle)
                yield break;
            await Task.Delay(follow.PollInterval < FrameWait.Shortest ? FrameWait.Shortest : follow.PollInterval, clock, cancel);
        }
    }

    /// <summary>Closes files and connections.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>The next frame if there is one now, the caller's from then on.</summary>
    protected abstract ValueTask<NextFrame> NextAsync(CancellationToken cancel);
}
