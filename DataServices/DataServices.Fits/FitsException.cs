namespace DataServices.Fits;

/// <summary>A FITS file could not be read or written. The message names the file, says what was being done and gives cfitsio's reason.</summary>
public sealed class FitsException : IOException
{
    public FitsException()
        : this("FITS error.")
    {
    }

    public FitsException(string message)
        : base(message)
    {
    }

    public FitsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="path">The file, or null when no file is involved.</param>
    /// <param name="status">cfitsio's status code, 0 when the error is not cfitsio's.</param>
    /// <param name="message">The whole message for people.</param>
    public FitsException(string? path, int status, string message)
        : base(message)
    {
        Path = path;
        Status = status;
    }

    /// <summary>The file the error is about, if any.</summary>
    public string? Path { get; }

    /// <summary>cfitsio's status code (fitsio.h), 0 when the error is not cfitsio's.</summary>
    public int Status { get; }
}
