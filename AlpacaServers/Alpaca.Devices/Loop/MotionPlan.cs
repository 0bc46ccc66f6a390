namespace Alpaca.Devices.Loop;

/// <summary>How the loop finds out that a motion has ended, and well.</summary>
/// <typeparam name="TProtocol">The device's protocol.</typeparam>
/// <typeparam name="TState">The device's state.</typeparam>
public sealed record MotionPlan<TProtocol, TState>
{
    /// <summary>True once the device says that it no longer moves. Asked only of states read after the command.</summary>
    public required Func<TState, bool> HasEnded { get; init; }

    /// <summary>What is wrong with where it ended, as a sentence; null if it is where it should be. A command accepted is not a thing done.</summary>
    public Func<TState, string?> Verify { get; init; } = _ => null;

    /// <summary>How long it may take, on the clock that the mechanism lives on.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>What to send when it takes longer; by default nothing.</summary>
    public Func<TProtocol, CancellationToken, ValueTask>? Stop { get; init; }
}
