namespace DataServices.Hipercam;

/// <summary>Unbinned size of a chip and of the pads that display programs leave around it for pre- and overscan.</summary>
/// <param name="NxMax">Columns.</param>
/// <param name="NyMax">Rows.</param>
/// <param name="NxPad">Pad in x.</param>
/// <param name="NyPad">Pad in y.</param>
public readonly record struct CcdSize(int NxMax, int NyMax, int NxPad, int NyPad);
