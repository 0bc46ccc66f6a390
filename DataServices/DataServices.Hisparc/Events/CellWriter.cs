using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using DataServices.Hdf5;
using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Events;

/// <summary>What became of a value.</summary>
internal enum CellResult
{
    /// <summary>Stored, possibly truncated towards zero.</summary>
    Stored,

    /// <summary>Outside the column's range: the default was left.</summary>
    OutOfRange,

    /// <summary>Not a value this column can have.</summary>
    Invalid,
}

/// <summary>Converts values into cells.</summary>
internal static class CellWriter
{
    /// <summary>Writes one element of a cell.</summary>
    /// <param name="wrap">Store an integer that is out of range modulo 2^n, as the reference does.</param>
    public static CellResult Write(TableColumn column, int element, object? value, Span<byte> row, bool wrap)
    {
        var cell = row.Slice(column.Offset + element * column.ElementSize, column.ElementSize);
        if (TextOf(value) is { } text)
            value = wrap && column.Kind == ColumnKind.Boolean ? text.Length > 0 : FromText(text, column.Kind is ColumnKind.Float32 or ColumnKind.Float64);
        switch (column.Kind)
        {
            case ColumnKind.Float32 or ColumnKind.Float64:
                if (AsDouble(value) is not { } real)
                    return CellResult.Invalid;
                if (column.Kind == ColumnKind.Float32)
                    BinaryPrimitives.WriteSingleLittleEndian(cell, (float)real);
                else
                    BinaryPrimitives.WriteDoubleLittleEndian(cell, real);
                return CellResult.Stored;
            case ColumnKind.Boolean:
                bool? flag = value switch { bool b => b, long l => l != 0, BigInteger big => !big.IsZero, double d => d != 0, null => false, _ => null };
                if (flag is null)
                    return CellResult.Invalid;
                cell[0] = flag.Value ? (byte)1 : (byte)0;
                return CellResult.Stored;
            default:
                return WriteInteger(column.Kind, cell, value, wrap);
        }
    }

    /// <summary>A value as an integer; null when it is none. A number that is not finite gives no integer but is a number.</summary>
    public static BigInteger? AsInteger(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        long number => number,
        BigInteger big => big,
        double real when double.IsFinite(real) => new BigInteger(Math.Truncate(real)),
        _ => null,
    };

    private static CellResult WriteInteger(ColumnKind kind, Span<byte> cell, object? value, bool wrap)
    {
        if (value is double real && !double.IsFinite(real))
            return wrap ? CellResult.Invalid : CellResult.OutOfRange;
        var bits = 8 * cell.Length;
        var signed = kind is ColumnKind.Int8 or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Time32;
        long number;
        if (value is long quick)
        {
            number = quick;
            var inside = bits == 64 ? signed || quick >= 0
                : signed ? quick >= -(1L << (bits - 1)) && quick < 1L << (bits - 1)
                : quick >= 0 && quick < 1L << bits;
            if (!inside && !wrap)
                return CellResult.OutOfRange;
        }
        else
        {
            if (AsInteger(value) is not { } big)
                return CellResult.Invalid;
            var lowest = signed ? -(BigInteger.One << (bits - 1)) : BigInteger.Zero;
            var highest = (BigInteger.One << (signed ? bits - 1 : bits)) - 1;
            if ((big < lowest || big > highest) && !wrap)
                return CellResult.OutOfRange;

            // The reference wraps what fits into 64 bits, with sign unless the column has none and is wide; it discards what does not.
            if (wrap && (big < long.MinValue || big > (signed || bits < 32 ? long.MaxValue : ulong.MaxValue) || (value is double && big > long.MaxValue)))
                return CellResult.Invalid;
            number = unchecked((long)(ulong)(big & ulong.MaxValue));
        }

        Span<byte> whole = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(whole, number);
        whole[..cell.Length].CopyTo(cell);
        return CellResult.Stored;
    }

    private static double? AsDouble(object? value) => value switch
    {
        null => double.NaN,
        double real => real,
        long number => number,
        bool flag => flag ? 1 : 0,
        BigInteger big => (double)big,
        _ => null,
    };

    // Bytes that are digits count as a number too.
    private static string? TextOf(object? value) => PickleText.Of(value) ?? (value is PickleBytes { Data.Length: <= 64 } bytes ? Encoding.Latin1.GetString(bytes.Data) : null);

    // Something that is neither number nor null, so that every column refuses it. Numbers are written as Python reads them.
    private static object FromText(string text, bool real)
    {
        text = text.Trim();
        var digits = text.Length > 64 || text.StartsWith('_') || text.EndsWith('_') || text.Contains("__", StringComparison.Ordinal) ? "" : text.Replace("_", "", StringComparison.Ordinal);
        if (!real)
            return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
        return digits.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ => double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : text,
        };
    }
}
