namespace DataServices.Hipercam;

/// <summary>What tells one window's pixels from another's.</summary>
/// <param name="Sum">Sum of all pixels.</param>
/// <param name="Min">Least pixel; not finite when there are no pixels, not a number when one of them is not.</param>
/// <param name="Max">Greatest pixel; the same.</param>
/// <param name="Crc32">CRC-32 (as zlib) of the pixels as little-endian 32-bit floats, row 0 first.</param>
public readonly record struct WindowSummary(double Sum, double Min, double Max, uint Crc32);
