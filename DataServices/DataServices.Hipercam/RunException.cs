namespace DataServices.Hipercam;

/// <summary>A run cannot be read. The message names the run, the frame where there is one, and the cause.</summary>
public class RunException : IOException
{
    public RunException()
        : this("The run cannot be read.")
    {
    }

    public RunException(string message)
        : base(message)
    {
    }

    public RunException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
