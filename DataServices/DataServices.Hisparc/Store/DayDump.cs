using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using DataServices.Fits;
using DataServices.Hdf5;

namespace DataServices.Hisparc.Store;

/// <summary>Writes down what is in a day file.</summary>
public static class DayDump
{
    private const int RowsAtOnce = 4096;

    /// <summary>Per node path <c>{columns, rows}</c> or <c>{vlarray: [[length, crc32], ...]}</c>. A number that is not finite is written as text.</summary>
    public static void WriteJson(Hdf5File file, Stream output)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        foreach (var node in file.Datasets())
        {
            json.WriteStartObject(node);
            if (Hdf5BlobArray.Is(file, node))
                WriteBlobs(file, node, json);
            else
                WriteTable(file, node, json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>A line per node.</summary>
    public static void WriteSummary(Hdf5File file, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        foreach (var node in file.Datasets())
        {
            using Hdf5Dataset dataset = Hdf5BlobArray.Is(file, node) ? Hdf5BlobArray.Open(file, node) : Hdf5Table.Open(file, node);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{dataset.Count,10}  {node}"));
        }
    }

    private static void WriteBlobs(Hdf5File file, string node, Utf8JsonWriter json)
    {
        using var blobs = Hdf5BlobArray.Open(file, node);
        json.WriteStartArray("vlarray");
        for (long first = 0; first < blobs.Count; first += RowsAtOnce)
        {
            foreach (var blob in blobs.Read(first, Math.Min(RowsAtOnce, blobs.Count - first)))
            {
                json.WriteStartArray();
                json.WriteNumberValue(blob.Length);
                json.WriteStringValue(Crc32.Append(0, blob).ToString("x8", CultureInfo.InvariantCulture));
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteTable(Hdf5File file, string node, Utf8JsonWriter json)
    {
        using var table = Hdf5Table.Open(file, node);
        json.WriteStartArray("columns");
        foreach (var column in table.Layout.Columns)
            json.WriteStringValue(column.Name);
        json.WriteEndArray();
        json.WriteStartArray("rows");
        for (long first = 0; first < table.Count; first += RowsAtOnce)
        {
            var count = (int)Math.Min(RowsAtOnce, table.Count - first);
            var rows = table.Read(first, count);
            for (var i = 0; i < count; i++)
                WriteRow(table.Layout, rows.AsSpan(i * table.Layout.RowSize, table.Layout.RowSize), json);
        }

        json.WriteEndArray();
    }

    private static void WriteRow(TableLayout layout, ReadOnlySpan<byte> row, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var column in layout.Columns)
        {
            if (column.Count > 1)
                json.WriteStartArray();
            for (var i = 0; i < column.Count; i++)
                WriteElement(column.Kind, row[(column.Offset + i * column.ElementSize)..], json);
            if (column.Count > 1)
                json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteElement(ColumnKind kind, ReadOnlySpan<byte> value, Utf8JsonWriter json)
    {
        switch (kind)
        {
            case ColumnKind.UInt8: json.WriteNumberValue(value[0]); break;
            case ColumnKind.UInt16: json.WriteNumberValue(BinaryPrimitives.ReadUInt16LittleEndian(value)); break;
            case ColumnKind.UInt32: json.WriteNumberValue(BinaryPrimitives.ReadUInt32LittleEndian(value)); break;
            case ColumnKind.UInt64: json.WriteNumberValue(BinaryPrimitives.ReadUInt64LittleEndian(value)); break;
            case ColumnKind.Int8: json.WriteNumberValue((sbyte)value[0]); break;
            case ColumnKind.Int16: json.WriteNumberValue(BinaryPrimitives.ReadInt16LittleEndian(value)); break;
            case ColumnKind.Int64: json.WriteNumberValue(BinaryPrimitives.ReadInt64LittleEndian(value)); break;
            case ColumnKind.Boolean: json.WriteBooleanValue(value[0] != 0); break;
            case ColumnKind.Float32: WriteReal(BinaryPrimitives.ReadSingleLittleEndian(value), json); break;
            case ColumnKind.Float64: WriteReal(BinaryPrimitives.ReadDoubleLittleEndian(value), json); break;
            default: json.WriteNumberValue(BinaryPrimitives.ReadInt32LittleEndian(value)); break;
        }
    }

    private static void WriteReal(double value, Utf8JsonWriter json)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
