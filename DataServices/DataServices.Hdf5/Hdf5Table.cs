using System.Buffers.Binary;

namespace DataServices.Hdf5;

/// <summary>A PyTables table: packed rows, one attribute per column for its name and its default, and NROWS.</summary>
public sealed unsafe class Hdf5Table : Hdf5Dataset
{
    private const int FillIfSet = 2;

    private Hdf5Table(Hdf5File file, string node, long dataset, TableLayout layout)
        : base(file, node, dataset) => Layout = layout;

    /// <summary>Columns as they are in the file. Defaults are known only for a table created by this program.</summary>
    public TableLayout Layout { get; }

    /// <summary>The attribute NROWS, which PyTables trusts; null when it is missing.</summary>
    public long? DeclaredRows
    {
        get
        {
            using (Hdf5Library.Enter())
                return Hdf5Attributes.ReadInt64(Dataset, "NROWS", File.Path);
        }
    }

    /// <summary>Creates an empty table. The group must exist.</summary>
    public static Hdf5Table Create(Hdf5File file, string node, string title, TableLayout layout)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(layout);
        using (Hdf5Library.Enter())
        {
            var type = Hdf5Types.Row(layout);

            // As PyTables does: defaults that are all zero are not set at all.
            var plain = !layout.Defaults.Span.ContainsAnyExcept((byte)0);
            var dataset = CreateDataset(file, node, type, layout.ChunkRows, plain ? FillOnAllocation : FillIfSet, plain ? [] : layout.Defaults.Span);
            _ = NativeHdf5.TypeClose(type);
            var table = new Hdf5Table(file, node, dataset, layout);
            table.WriteAttributes(title);
            return table;
        }
    }

    /// <summary>Opens a table.</summary>
    public static Hdf5Table Open(Hdf5File file, string node)
    {
        ArgumentNullException.ThrowIfNull(file);
        using (Hdf5Library.Enter())
        {
            var dataset = OpenDataset(file, node);
            var type = NativeHdf5.DatasetType(dataset);
            try
            {
                return new Hdf5Table(file, node, dataset, Hdf5Types.Layout(type, file.Path, node));
            }
            catch
            {
                _ = NativeHdf5.DatasetClose(dataset);
                throw;
            }
            finally
            {
                _ = NativeHdf5.TypeClose(type);
            }
        }
    }

    /// <summary>Appends whole rows in one call and updates NROWS.</summary>
    public void Append(ReadOnlySpan<byte> rows)
    {
        if (rows.Length % Layout.RowSize != 0)
            throw new ArgumentException($"{rows.Length} bytes are not a whole number of rows of {Layout.RowSize} bytes.", nameof(rows));
        if (rows.IsEmpty)
            return;
        using (Hdf5Library.Enter())
        {
            // The type as it is on disk, so that the library copies bytes and converts nothing (it cannot convert its time type at all).
            var type = NativeHdf5.DatasetType(Dataset);
            try
            {
                fixed (byte* data = rows)
                    Append(type, rows.Length / Layout.RowSize, data);
                Hdf5Attributes.UpdateInt64(Dataset, "NROWS", Count, File.Path);
            }
            finally
            {
                _ = NativeHdf5.TypeClose(type);
            }
        }
    }

    /// <summary>Reads whole rows as they are on disk.</summary>
    public byte[] Read(long first, long count)
    {
        RequireRange(first, count);
        var rows = new byte[count * Layout.RowSize];
        using (Hdf5Library.Enter())
        {
            var type = NativeHdf5.DatasetType(Dataset);
            try
            {
                fixed (byte* data = rows)
                    Transfer(type, first, count, data, write: false);
            }
            finally
            {
                _ = NativeHdf5.TypeClose(type);
            }
        }

        return rows;
    }

    private void WriteAttributes(string title)
    {
        Hdf5Attributes.WriteText(Dataset, "CLASS", "TABLE", File.Path);
        Hdf5Attributes.WriteText(Dataset, "VERSION", "2.7", File.Path);
        Hdf5Attributes.WriteText(Dataset, "TITLE", title, File.Path);
        Span<byte> value = stackalloc byte[sizeof(long)];
        for (var i = 0; i < Layout.Columns.Count; i++)
        {
            var column = Layout.Columns[i];
            Hdf5Attributes.WriteText(Dataset, $"FIELD_{i}_NAME", column.Name, File.Path);
            TableLayout.WriteDefaultElement(column, value);

            // PyTables has no time among its attribute types and writes the default of a time as a plain integer.
            var kind = column.Kind == ColumnKind.Time32 ? ColumnKind.Int32 : column.Kind;
            Hdf5Attributes.WriteElement(Dataset, $"FIELD_{i}_FILL", kind, value, File.Path);
        }

        BinaryPrimitives.WriteInt64LittleEndian(value, 0);
        Hdf5Attributes.WriteElement(Dataset, "NROWS", ColumnKind.Int64, value, File.Path);
    }
}
