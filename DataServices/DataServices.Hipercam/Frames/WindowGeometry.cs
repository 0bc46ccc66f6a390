namespace DataServices.Hipercam;

/// <summary>Where a window lies on its chip. Chip coordinates are unbinned and count from 1 at the lower left.</summary>
/// <param name="Label">The window's name, unique in its CCD.</param>
/// <param name="Llx">Column of the lower left pixel.</param>
/// <param name="Lly">Row of the lower left pixel.</param>
/// <param name="Nx">Binned pixels per row.</param>
/// <param name="Ny">Binned rows.</param>
/// <param name="XBin">Binning along the row.</param>
/// <param name="YBin">Binning across rows.</param>
/// <param name="OutAmp">Output amplifier: empty, LL, LR, UL or UR.</param>
public sealed record WindowGeometry(string Label, int Llx, int Lly, int Nx, int Ny, int XBin, int YBin, string OutAmp = "")
{
    /// <summary>Last column covered.</summary>
    public int Urx => Llx - 1 + Nx * XBin;

    /// <summary>Last row covered.</summary>
    public int Ury => Lly - 1 + Ny * YBin;

    /// <summary>Whether the window is pre- or overscan, which lies outside the imaging area by design.</summary>
    public bool IsScan => Label.Length == 3 && Label[2] is 'P' or 'O';
}
