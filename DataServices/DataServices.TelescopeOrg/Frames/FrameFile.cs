namespace DataServices.TelescopeOrg;

/// <summary>An ordinary two-dimensional FITS frame made of a job's file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Filter">Its filter.</param>
/// <param name="Width">NAXIS1.</param>
/// <param name="Height">NAXIS2.</param>
public sealed record FrameFile(string Path, string Filter, int Width, int Height);
