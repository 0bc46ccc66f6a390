namespace Sequencer.Core.Records;

/// <summary>A value has no plain form and cannot be recorded (POCS: <c>InvalidSerialization</c>).</summary>
public sealed class InvalidSerializationException : Exception
{
    public InvalidSerializationException()
        : this("The value cannot be recorded.")
    {
    }

    public InvalidSerializationException(string message)
        : base(message)
    {
    }

    public InvalidSerializationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
