namespace DataServices.Hisparc.Pickle;

/// <summary>A pickle is malformed, goes beyond a limit, or asks for something that is not data. The message says which.</summary>
public sealed class PickleFormatException : FormatException
{
    public PickleFormatException()
        : this("malformed pickle")
    {
    }

    public PickleFormatException(string message)
        : base(message)
    {
    }

    public PickleFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the pickle named a class or function that is not on the list: what an attack looks like.</summary>
    public bool AskedForForeignGlobal { get; init; }
}
