namespace Sequencer.Core.Scheduling;

/// <summary>An entry of the target list cannot be observed as written. The message says what to change.</summary>
public sealed class InvalidObservationException : Exception
{
    /// <inheritdoc cref="InvalidObservationException"/>
    public InvalidObservationException(string message) : base(message)
    {
    }

    /// <inheritdoc cref="InvalidObservationException"/>
    public InvalidObservationException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <inheritdoc cref="InvalidObservationException"/>
    public InvalidObservationException()
    {
    }
}
