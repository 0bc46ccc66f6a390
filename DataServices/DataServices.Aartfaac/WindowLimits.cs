namespace DataServices.Aartfaac;

/// <summary>What a window may have at most; the lengths in the stream are anybody's, so they are checked before memory is taken.</summary>
/// <param name="MaxHeaderBytes">Bytes of FITS header.</param>
/// <param name="MaxPixelBytes">Bytes of pixels.</param>
public sealed record WindowLimits(int MaxHeaderBytes = 1 << 20, int MaxPixelBytes = 256 << 20)
{
    /// <summary>1 MiB of header, 256 MiB of pixels.</summary>
    public static WindowLimits Default { get; } = new();
}
