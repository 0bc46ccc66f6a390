namespace DataServices.Aartfaac;

/// <summary>What came is not the AARTFAAC stream, or it ended inside a window: nothing behind it can be read.</summary>
public sealed class AartfaacProtocolException : IOException
{
    public AartfaacProtocolException()
        : this("This is not an AARTFAAC stream.")
    {
    }

    public AartfaacProtocolException(string message)
        : base(message)
    {
    }

    public AartfaacProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
