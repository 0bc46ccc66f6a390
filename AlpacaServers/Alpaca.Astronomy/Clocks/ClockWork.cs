namespace Alpaca.Astronomy.Clocks;

/// <summary>
/// How code that runs on an injected <see cref="TimeProvider"/> does work that costs real time: heavy computation and blocking file work by
/// <see cref="ComputeAsync{T}"/>, child processes and the like inside a <see cref="Hold"/>. The system clock simply uses the thread pool, an
/// accelerated clock falls back to real rate meanwhile, and the virtual clock computes inline so that a run can be repeated.
/// </summary>
public static class ClockWork
{
    /// <summary>Runs <paramref name="work"/> off the caller's loop (inline on a virtual clock). Its exception arrives when the result is awaited.</summary>
    public static ValueTask<T> ComputeAsync<T>(this TimeProvider clock, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(work);
        return clock is IWorkClock aware ? aware.ComputeAsync(work) : new ValueTask<T>(Task.Run(work));
    }

    /// <inheritdoc cref="ComputeAsync{T}(TimeProvider, Func{T})"/>
    public static async ValueTask ComputeAsync(this TimeProvider clock, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await clock.ComputeAsync(() =>
        {
            work();
            return true;
        });
    }

    /// <summary>Holds an accelerated clock at real rate, or a virtual clock still, until disposed; nothing on any other clock.</summary>
    public static IDisposable Hold(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return clock is IWorkClock aware ? aware.Hold() : Release.None;
    }
}
