namespace DataServices.Hdf5;

/// <summary>Element types of a table's columns, all little endian.</summary>
public enum ColumnKind
{
    /// <summary>H5T_STD_U8LE.</summary>
    UInt8,

    /// <summary>H5T_STD_U16LE.</summary>
    UInt16,

    /// <summary>H5T_STD_U32LE.</summary>
    UInt32,

    /// <summary>H5T_STD_U64LE.</summary>
    UInt64,

    /// <summary>H5T_STD_I8LE.</summary>
    Int8,

    /// <summary>H5T_STD_I16LE.</summary>
    Int16,

    /// <summary>H5T_STD_I32LE.</summary>
    Int32,

    /// <summary>H5T_STD_I64LE.</summary>
    Int64,

    /// <summary>H5T_IEEE_F32LE.</summary>
    Float32,

    /// <summary>H5T_IEEE_F64LE.</summary>
    Float64,

    /// <summary>H5T_STD_B8LE: a bit field of one byte, which is how PyTables stores a boolean.</summary>
    Boolean,

    /// <summary>H5T_UNIX_D32LE: signed seconds since 1970, which is PyTables' Time32.</summary>
    Time32,
}
