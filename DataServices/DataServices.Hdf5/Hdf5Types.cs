using System.Runtime.InteropServices;

namespace DataServices.Hdf5;

/// <summary>HDF5 types of columns and rows, both ways. Call under the library's gate; the caller closes what it gets.</summary>
internal static unsafe class Hdf5Types
{
    private const int CompoundClass = 6;
    private const int ArrayClass = 10;

    /// <summary>A new identifier for the element type of a column.</summary>
    public static long Element(ColumnKind kind) => NativeHdf5.TypeCopy(Hdf5Library.Variable(kind switch
    {
        ColumnKind.UInt8 => "H5T_STD_U8LE_g",
        ColumnKind.UInt16 => "H5T_STD_U16LE_g",
        ColumnKind.UInt32 => "H5T_STD_U32LE_g",
        ColumnKind.UInt64 => "H5T_STD_U64LE_g",
        ColumnKind.Int8 => "H5T_STD_I8LE_g",
        ColumnKind.Int16 => "H5T_STD_I16LE_g",
        ColumnKind.Int32 => "H5T_STD_I32LE_g",
        ColumnKind.Int64 => "H5T_STD_I64LE_g",
        ColumnKind.Float32 => "H5T_IEEE_F32LE_g",
        ColumnKind.Float64 => "H5T_IEEE_F64LE_g",
        ColumnKind.Boolean => "H5T_STD_B8LE_g",
        _ => "H5T_UNIX_D32LE_g",
    }));

    /// <summary>The packed compound type of a row.</summary>
    public static long Row(TableLayout layout)
    {
        var compound = NativeHdf5.TypeCreate(CompoundClass, (nuint)layout.RowSize);
        foreach (var column in layout.Columns)
        {
            var element = Element(column.Kind);
            var size = (ulong)column.Count;
            var cell = column.Count == 1 ? element : NativeHdf5.TypeArray(element, 1, &size);
            _ = NativeHdf5.TypeInsert(compound, column.Name, (nuint)column.Offset, cell);
            _ = NativeHdf5.TypeClose(element);
            if (cell != element)
                _ = NativeHdf5.TypeClose(cell);
        }

        return compound;
    }

    /// <summary>The layout of a compound type found in a file.</summary>
    /// <exception cref="Hdf5Exception">A column has a type no table of ours has.</exception>
    public static TableLayout Layout(long type, string path, string node)
    {
        if (NativeHdf5.TypeClass(type) != CompoundClass)
            throw new Hdf5Exception(path, $"{path}: {node} is not a table.");
        var columns = new List<TableColumn>();
        var count = NativeHdf5.TypeMemberCount(type);
        for (uint i = 0; i < count; i++)
        {
            var text = NativeHdf5.TypeMemberName(type, i);
            var name = Marshal.PtrToStringUTF8((nint)text) ?? "";
            _ = NativeHdf5.FreeMemory(text);
            var offset = (int)NativeHdf5.TypeMemberOffset(type, i);
            var cell = NativeHdf5.TypeMemberType(type, i);
            var element = NativeHdf5.TypeClass(cell) == ArrayClass ? NativeHdf5.TypeBase(cell) : NativeHdf5.TypeCopy(cell);
            try
            {
                var kind = Kind(element) ?? throw new Hdf5Exception(path, $"{path}: the column {name} of {node} has a type that is not supported.");
                columns.Add(new TableColumn(name, kind, (int)(NativeHdf5.TypeSize(cell) / NativeHdf5.TypeSize(element)), offset, 0));
            }
            finally
            {
                _ = NativeHdf5.TypeClose(element);
                _ = NativeHdf5.TypeClose(cell);
            }
        }

        return new TableLayout(columns, (int)NativeHdf5.TypeSize(type));
    }

    private static ColumnKind? Kind(long element)
    {
        const int integer = 0, real = 1, time = 2, bits = 4, littleEndian = 0;
        var size = (int)NativeHdf5.TypeSize(element);
        var kind = NativeHdf5.TypeClass(element);
        if (size > 1 && kind != bits && NativeHdf5.TypeOrder(element) != littleEndian)
            return null;
        var signed = kind == integer && NativeHdf5.TypeSign(element) != 0;
        return (kind, size, signed) switch
        {
            (integer, 1, false) => ColumnKind.UInt8,
            (integer, 2, false) => ColumnKind.UInt16,
            (integer, 4, false) => ColumnKind.UInt32,
            (integer, 8, false) => ColumnKind.UInt64,
            (integer, 1, true) => ColumnKind.Int8,
            (integer, 2, true) => ColumnKind.Int16,
            (integer, 4, true) => ColumnKind.Int32,
            (integer, 8, true) => ColumnKind.Int64,
            (real, 4, _) => ColumnKind.Float32,
            (real, 8, _) => ColumnKind.Float64,
            (time, 4, _) => ColumnKind.Time32,
            (bits, 1, _) => ColumnKind.Boolean,
            _ => null,
        };
    }
}
