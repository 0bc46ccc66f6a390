namespace DataServices.Hipercam;

/// <summary>There is no such run, file or frame.</summary>
public sealed class RunNotFoundException : RunException
{
    public RunNotFoundException()
        : this("There is no such run.")
    {
    }

    public RunNotFoundException(string message)
        : base(message)
    {
    }

    public RunNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
