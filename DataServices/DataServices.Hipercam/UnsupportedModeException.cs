namespace DataServices.Hipercam;

/// <summary>The run was taken in a readout mode this reader does not know, or one without pixels (power on, power off).</summary>
public sealed class UnsupportedModeException : RunException
{
    public UnsupportedModeException()
        : this("The readout mode is not supported.")
    {
    }

    public UnsupportedModeException(string message)
        : base(message)
    {
    }

    public UnsupportedModeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
