namespace Alpaca.Astronomy.Clocks;

/// <summary>A clock that must know when real work is under way. Use it through the extensions of <see cref="ClockWork"/>.</summary>
public interface IWorkClock
{
    /// <summary>Runs a computation that costs real time and returns its result.</summary>
    ValueTask<T> ComputeAsync<T>(Func<T> work);

    /// <summary>Tells the clock that external work (a child process, a socket) is under way until the result is disposed. Holds nest.</summary>
    IDisposable Hold();
}
