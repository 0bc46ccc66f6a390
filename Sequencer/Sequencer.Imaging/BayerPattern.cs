namespace Sequencer.Imaging;

/// <summary>Colours of the first two pixels of the first row and of the second row, as delivered.</summary>
public enum BayerPattern
{
    /// <summary>No colour mosaic.</summary>
    None,
    Rggb,
    Bggr,
    Grbg,
    Gbrg,
}
