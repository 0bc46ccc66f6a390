namespace DataServices.Hdf5;

/// <summary>An HDF5 file could not be read or written. The message names the file, says what was being done and gives the library's reason.</summary>
public sealed class Hdf5Exception : IOException
{
    public Hdf5Exception()
        : this("HDF5 error.")
    {
    }

    public Hdf5Exception(string message)
        : base(message)
    {
    }

    public Hdf5Exception(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="path">The file the error is about.</param>
    /// <param name="message">The whole message for people.</param>
    public Hdf5Exception(string path, string message)
        : base(message) => Path = path;

    /// <summary>The file the error is about, if any.</summary>
    public string? Path { get; }

    /// <summary>Whether somebody else has the file open in a way that excludes this; it is worth trying again.</summary>
    public bool IsLocked => Message.Contains("unable to lock", StringComparison.Ordinal);
}
