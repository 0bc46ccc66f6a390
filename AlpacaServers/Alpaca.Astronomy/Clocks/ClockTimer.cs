namespace Alpaca.Astronomy.Clocks;

/// <summary>A timer of one of this folder's clocks. Its mutable state belongs to the <see cref="TimerQueue"/>, under the queue's lock.</summary>
internal sealed class ClockTimer(TimerQueue queue, TimerCallback callback, object? state) : ITimer
{
    public long Version { get; set; }

    public long Period { get; set; }

    public bool Pending { get; set; }

    public bool Disposed { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period) => queue.Set(this, dueTime, period);

    public void Dispose() => queue.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
