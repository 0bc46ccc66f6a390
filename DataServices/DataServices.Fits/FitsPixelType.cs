namespace DataServices.Fits;

/// <summary>How pixels are stored in a file. The values are cfitsio's image types: BITPIX, or BITPIX with the offset that makes it unsigned.</summary>
public enum FitsPixelType
{
    /// <summary>BITPIX 8: unsigned bytes.</summary>
    UInt8 = 8,

    /// <summary>BITPIX 8 with BZERO -128.</summary>
    Int8 = 10,

    /// <summary>BITPIX 16.</summary>
    Int16 = 16,

    /// <summary>BITPIX 16 with BZERO 32768: what a camera delivers.</summary>
    UInt16 = 20,

    /// <summary>BITPIX 32.</summary>
    Int32 = 32,

    /// <summary>BITPIX 32 with BZERO 2147483648.</summary>
    UInt32 = 40,

    /// <summary>BITPIX 64.</summary>
    Int64 = 64,

    /// <summary>BITPIX -32.</summary>
    Float32 = -32,

    /// <summary>BITPIX -64.</summary>
    Float64 = -64,
}
