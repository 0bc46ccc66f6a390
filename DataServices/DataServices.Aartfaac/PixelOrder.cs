namespace DataServices.Aartfaac;

/// <summary>In which order the pixels of a window were sent; the protocol does not say.</summary>
public enum PixelOrder
{
    /// <summary>Column by column, y running fastest, as the original's emulator sends.</summary>
    EmulatorXMajor,

    /// <summary>Row by row, x running fastest, as FITS has it.</summary>
    RowMajor,
}
