namespace DataServices.Fits;

/// <summary>solve-field cannot be started. The message says what to install.</summary>
public sealed class SolveFieldMissingException : Exception
{
    public SolveFieldMissingException()
        : this("The plate solver is not installed.")
    {
    }

    public SolveFieldMissingException(string message)
        : base(message)
    {
    }

    public SolveFieldMissingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
