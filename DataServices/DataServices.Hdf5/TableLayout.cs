using System.Buffers.Binary;
using System.Globalization;

namespace DataServices.Hdf5;

/// <summary>The columns of a table, as PyTables lays them out: packed, in order.</summary>
public sealed class TableLayout
{
    /// <summary>PyTables' chunk size for a table of which 10,000 rows are expected.</summary>
    private const int ChunkBytes = 64 * 1024;

    /// <param name="columns">In order, with their offsets.</param>
    /// <param name="rowSize">Bytes of a row.</param>
    public TableLayout(IReadOnlyList<TableColumn> columns, int rowSize)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = columns;
        RowSize = rowSize;
        var defaults = new byte[rowSize];
        foreach (var column in columns)
            WriteDefault(column, defaults);
        Defaults = defaults;
    }

    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Bytes of a row.</summary>
    public int RowSize { get; }

    /// <summary>Rows of a chunk.</summary>
    public int ChunkRows => Math.Max(1, ChunkBytes / RowSize);

    /// <summary>The row in which nothing is set.</summary>
    public ReadOnlyMemory<byte> Defaults { get; }

    /// <summary>
    /// Reads a layout from its short notation: <c>name:TYPE</c>, separated by blanks, where TYPE is U8..U64, I8..I64, F32, F64, B8 or T32,
    /// followed by <c>x4</c> for a cell of four elements and <c>=-1</c> for a default other than 0.
    /// </summary>
    public static TableLayout Parse(string notation)
    {
        ArgumentNullException.ThrowIfNull(notation);
        var columns = new List<TableColumn>();
        var offset = 0;
        foreach (var word in notation.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, rest) = Split(word, ':');
            var (type, fallback) = Split(rest, '=');
            var (kind, count) = Split(type, 'x');
            var column = new TableColumn(
                name, KindOf(kind), count.Length == 0 ? 1 : Number(count), offset, fallback.Length == 0 ? 0 : Number(fallback));
            columns.Add(column);
            offset += column.Size;
        }

        return new TableLayout(columns, offset);
    }

    /// <summary>The same layout with another type in one column of the same size.</summary>
    public TableLayout With(string name, ColumnKind kind) =>
        new([.. Columns.Select(column => column.Name == name ? column with { Kind = kind } : column)], RowSize);

    /// <summary>Writes the default of one element into <paramref name="target"/>, as many bytes as an element has.</summary>
    internal static void WriteDefaultElement(TableColumn column, Span<byte> target)
    {
        switch (column.Kind)
        {
            case ColumnKind.Float32:
                BinaryPrimitives.WriteSingleLittleEndian(target, column.Default);
                break;
            case ColumnKind.Float64:
                BinaryPrimitives.WriteDoubleLittleEndian(target, column.Default);
                break;
            default:
                target[..column.ElementSize].Fill(column.Default == -1 ? (byte)0xFF : (byte)0);
                break;
        }
    }

    private static void WriteDefault(TableColumn column, Span<byte> row)
    {
        for (var i = 0; i < column.Count; i++)
            WriteDefaultElement(column, row[(column.Offset + i * column.ElementSize)..]);
    }

    private static (string Before, string After) Split(string text, char at)
    {
        var position = text.IndexOf(at, StringComparison.Ordinal);
        return position < 0 ? (text, "") : (text[..position], text[(position + 1)..]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ColumnKind KindOf(string text) => text switch
    {
        "U8" => ColumnKind.UInt8,
        "U16" => ColumnKind.UInt16,
        "U32" => ColumnKind.UInt32,
        "U64" => ColumnKind.UInt64,
        "I8" => ColumnKind.Int8,
        "I16" => ColumnKind.Int16,
        "I32" => ColumnKind.Int32,
        "I64" => ColumnKind.Int64,
        "F32" => ColumnKind.Float32,
        "F64" => ColumnKind.Float64,
        "B8" => ColumnKind.Boolean,
        "T32" => ColumnKind.Time32,
        _ => throw new FormatException($"\"{text}\" is no column type."),
    };
}
