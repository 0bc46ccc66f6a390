namespace DataServices.Fits;

/// <summary>How an image is written.</summary>
/// <param name="Compression">Tile compression, none by default.</param>
/// <param name="Checksum">Whether CHECKSUM and DATASUM are written (about 16 ms for 4096 x 4096 pixels of 16 bits).</param>
public sealed record FitsWriteOptions(FitsCompression Compression = FitsCompression.None, bool Checksum = true)
{
    /// <summary>Plain image with check sums.</summary>
    public static FitsWriteOptions Default { get; } = new();

    /// <summary>Rice-compressed image with check sums.</summary>
    public static FitsWriteOptions Rice { get; } = new(FitsCompression.Rice);
}
