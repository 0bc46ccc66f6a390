namespace Sequencer.Core.Night;

/// <summary>What happens on entering a state.</summary>
public interface INightState
{
    /// <summary>Does the state's work and chooses the next state.</summary>
    /// <param name="night">The night.</param>
    /// <param name="cancel">Set when the work must stop: it has become unsafe, or the night is being ended.</param>
    /// <returns>The next state; null leaves it as it was, which from most states ends in parking.</returns>
    Task<string?> EnterAsync(NightContext night, CancellationToken cancel);
}
