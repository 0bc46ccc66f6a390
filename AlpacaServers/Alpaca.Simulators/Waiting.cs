namespace Alpaca.Simulators;

/// <summary>Waits on the clock.</summary>
internal static class Waiting
{
    /// <summary>Waits until a time has come. Timers count whole milliseconds, so a rest of less is rounded up rather than waited for without end.</summary>
    public static async Task UntilAsync(this TimeProvider clock, DateTimeOffset time, CancellationToken cancel)
    {
        while (time - clock.GetUtcNow() is { Ticks: > 0 } rest)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), clock, cancel);
    }
}
