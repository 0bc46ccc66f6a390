namespace DataServices.Fits;

/// <summary>Tile compression of an image (always lossless). A file with a compressed image is named <c>.fits.fz</c>.</summary>
public enum FitsCompression
{
    /// <summary>Plain image.</summary>
    None,

    /// <summary>Rice for integers; floats, which Rice could only store rounded, fall back to GZIP_2.</summary>
    Rice,

    /// <summary>GZIP_2 (bytes shuffled): smaller for floats, several times slower than Rice for integers.</summary>
    Gzip,
}
