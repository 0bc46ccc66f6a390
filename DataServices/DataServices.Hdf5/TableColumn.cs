namespace DataServices.Hdf5;

/// <summary>A column of a table.</summary>
/// <param name="Name">Name on disk.</param>
/// <param name="Kind">Type of one element.</param>
/// <param name="Count">Elements in a cell: 1 for a scalar.</param>
/// <param name="Offset">Bytes from the start of the row; rows are packed.</param>
/// <param name="Default">Value of an element that nobody set: 0 or -1.</param>
public sealed record TableColumn(string Name, ColumnKind Kind, int Count, int Offset, int Default)
{
    /// <summary>Bytes of one element.</summary>
    public int ElementSize => Kind switch
    {
        ColumnKind.UInt8 or ColumnKind.Int8 or ColumnKind.Boolean => 1,
        ColumnKind.UInt16 or ColumnKind.Int16 => 2,
        ColumnKind.UInt64 or ColumnKind.Int64 or ColumnKind.Float64 => 8,
        _ => 4,
    };

    /// <summary>Bytes of the cell.</summary>
    public int Size => ElementSize * Count;
}
