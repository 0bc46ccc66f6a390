namespace DataServices.Fits;

/// <summary>What one header-and-data unit of a file holds.</summary>
/// <param name="Index">Position in the file, 0 for the primary HDU.</param>
/// <param name="IsImage">Whether it is an image (a compressed one counts); otherwise a table.</param>
/// <param name="IsCompressed">Whether the image is tile-compressed.</param>
/// <param name="PixelType">How the pixels are stored (of a table: meaningless).</param>
/// <param name="Shape">NAXIS1, NAXIS2, ... (width first, as FITS counts). Empty when there are no pixels.</param>
public sealed record FitsHdu(int Index, bool IsImage, bool IsCompressed, FitsPixelType PixelType, IReadOnlyList<long> Shape)
{
    /// <summary>NAXIS1, 0 without pixels.</summary>
    public int Width => Shape.Count > 0 ? checked((int)Shape[0]) : 0;

    /// <summary>NAXIS2, 1 for a line of pixels, 0 without pixels.</summary>
    public int Height => Shape.Count > 1 ? checked((int)Shape[1]) : Math.Min(Width, 1);

    /// <summary>Number of pixels over all axes.</summary>
    public long PixelCount => Shape.Count == 0 ? 0 : Shape.Aggregate(1L, (product, axis) => checked(product * axis));
}
