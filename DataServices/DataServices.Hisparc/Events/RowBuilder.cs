using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using DataServices.Hdf5;
using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Events;

/// <summary>Builds rows from the events of one batch.</summary>
/// <param name="referenceCompatible">
/// Reproduce the reference where it is wrong: integers wrap, three lightning types are lost, a discarded event leaves its blobs and some values behind.
/// </param>
/// <param name="metrics">Counts what was doubtful.</param>
public sealed class RowBuilder(bool referenceCompatible, HisparcMetrics metrics)
{
    private static readonly Encoding _latin1 = Encoding.GetEncoding("ISO-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    private static readonly string[] _typesTheReferenceLoses = ["LIT", "LCG", "LST"];
    private readonly Dictionary<EventType, byte[]> _leaks = [];
    private readonly List<byte[]> _blobs = [];
    private readonly HashSet<TableColumn> _failed = [];

    /// <summary>Builds the row of one event.</summary>
    public BuildResult Build(StationEvent found)
    {
        ArgumentNullException.ThrowIfNull(found);
        _blobs.Clear();
        _failed.Clear();
        if (!found.Header.TryGet("eventtype_uploadcode", out var value) || PickleText.Of(value) is not { } code)
            return Drop("an event without a type");
        if (EventTypes.Find(code) is not { } type)
            return Drop($"the event type {Printable(code)} is not known");
        if (referenceCompatible && _typesTheReferenceLoses.Contains(code))
            return Drop($"the reference stores no {code}", type);

        var begun = _leaks.Remove(type, out var leak) ? leak : type.Layout.Defaults.ToArray();
        var row = begun.ToArray();
        var doubts = "";
        var problem = WriteTime(found, type, row, ref doubts) ?? WriteItems(found, type, row, ref doubts);
        if (problem is null)
            return new BuildResult(new BuiltEvent(type, found.Day, row, [.. _blobs], referenceCompatible ? default : EventIdentity.Of(type, row, place => _blobs[place])), doubts.Length == 0 ? null : doubts, [], type);
        if (referenceCompatible)
            _leaks[type] = Leak(type, row, begun);
        return Drop($"{code} at {found.Time:yyyy-MM-dd HH:mm:ss}: {problem}", type);
    }

    // The reference fills its row in the order of the codes and stops at the first value that does not fit: what was filled until then is in the next row.
    // An event that was given up before leaves the row as it found it.
    private byte[] Leak(EventType type, byte[] row, byte[] begun)
    {
        foreach (var column in _failed.Count == 0 ? [] : type.CodeColumns.TakeWhile(column => !_failed.Contains(column)).Except(type.BlobColumns))
            row.AsSpan(column.Offset, column.Size).CopyTo(begun.AsSpan(column.Offset));
        return begun;
    }

    private BuildResult Drop(string problem, EventType? type = null) => new(null, problem, referenceCompatible ? [.. _blobs] : [], type);

    private string? WriteTime(StationEvent found, EventType type, byte[] row, ref string doubts)
    {
        if (!found.Header.TryGet("nanoseconds", out var value))
            return "no nanoseconds";
        if (CellWriter.AsInteger(value) is not { } nanoseconds)
            return "nanoseconds that are no number";
        if (nanoseconds.Sign < 0 && !referenceCompatible)
            return "negative nanoseconds";

        var seconds = (found.Time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(4), unchecked((int)seconds));
        if (!type.HasExtendedTime)
            return null;
        var column = type.Layout.Columns[2];
        var result = CellWriter.Write(column, 0, value, row, referenceCompatible);
        if (result == CellResult.OutOfRange)
            doubts += Doubt(column, nanoseconds.ToString(CultureInfo.InvariantCulture));
        var sum = seconds * new BigInteger(1_000_000_000) + nanoseconds;
        if (referenceCompatible && (result == CellResult.Invalid || sum.Sign < 0 || sum > ulong.MaxValue))
            return "nanoseconds that do not fit";
        var extended = sum & ulong.MaxValue;
        BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(12), (ulong)extended);
        return null;
    }

    private string? WriteItems(StationEvent found, EventType type, byte[] row, ref string doubts)
    {
        if (found.Items is null)
            return "no list of data";
        foreach (var entry in found.Items)
        {
            if (entry is not PickleDictionary item || !item.TryGet("data_uploadcode", out var name) || PickleText.Of(name) is not { } code)
                return "a data item without a code";
            if (code.Length == 0)
                return "an empty code";
            if (!item.TryGet("data", out var value))
                return $"{Printable(code)}: no data";
            var problem = WriteItem(type, code, value, row, ref doubts);
            if (problem is null)
                continue;
            _failed.Clear();
            return $"{Printable(code)}: {problem}";
        }

        // Of a code that comes twice the last value counts, so that only now a value that is none is one too many.
        return _failed.Count > 0 ? $"{string.Join(", ", _failed.Select(column => column.Name))}: a value that is no number" : null;
    }

    private string? WriteItem(EventType type, string code, object? value, byte[] row, ref string doubts)
    {
        var indexed = char.IsAsciiDigit(code[^1]);
        var name = indexed ? code[..^1] : code;
        if (type.Column(name) is not { } column)
        {
            metrics.UnknownCode(code);
            return null;
        }

        var element = 0;
        if (indexed)
        {
            // Digit 0 addresses the last element in the reference: the same as counting from the end.
            element = code[^1] == '0' && referenceCompatible ? column.Count - 1 : code[^1] - '1';
            if (column.Count == 1)
            {
                if (referenceCompatible && type.IsBlob(name) && ToBlob(name, value).Blob is { } orphan)
                    _blobs.Add(orphan);
                return "a digit for a column of one element";
            }
        }
        else if (column.Count > 1)
        {
            return WithoutDigit(type, code, column, value, row);
        }

        var inside = element >= 0 && element < column.Count;
        if (!type.IsBlob(name))
        {
            if (!inside)
                return $"there is no element {code[^1]}";
            switch (CellWriter.Write(column, element, value, row, referenceCompatible))
            {
                case CellResult.Invalid when column.Count > 1:
                    return "a value that is no number";
                case CellResult.Invalid:
                    _failed.Add(column);
                    return null;
                case CellResult.OutOfRange:
                    type.Layout.Defaults.Span.Slice(column.Offset + element * column.ElementSize, column.ElementSize).CopyTo(row.AsSpan(column.Offset + element * column.ElementSize));
                    doubts += Doubt(column, value?.ToString() ?? "");
                    break;
            }

            _failed.Remove(column);
            return null;
        }

        if (!inside && !referenceCompatible)
            return $"there is no element {code[^1]}";
        var (blob, problem) = ToBlob(name, value);
        if (blob is null)
            return problem;
        return Place(column, element, inside, blob, row) ? null : $"there is no element {code[^1]}";
    }

    // The reference writes such a value into every element, which no station ever meant; here it is a code like any other that is not known.
    private string? WithoutDigit(EventType type, string code, TableColumn column, object? value, byte[] row)
    {
        if (!referenceCompatible)
        {
            metrics.UnknownCode(code);
            return null;
        }

        if (type.IsBlob(code))
        {
            var (blob, problem) = ToBlob(code, value);
            if (blob is null)
                return problem;
            _blobs.Add(blob);
            value = (long)_blobs.Count - 1;
        }

        for (var element = 0; element < column.Count; element++)
        {
            if (CellWriter.Write(column, element, value, row, wrap: true) == CellResult.Invalid)
                return "a value that is no number";
        }

        return null;
    }

    private bool Place(TableColumn column, int element, bool inside, byte[] blob, byte[] row)
    {
        var cell = inside ? row.AsSpan(column.Offset + element * 4) : default;
        var before = inside ? BinaryPrimitives.ReadInt32LittleEndian(cell) : -1;
        if (before >= 0 && before < _blobs.Count && !referenceCompatible)
        {
            // The same code twice: the last one counts, and the first leaves no blob behind.
            _blobs[before] = blob;
            return true;
        }

        _blobs.Add(blob);
        if (inside)
            BinaryPrimitives.WriteInt32LittleEndian(cell, _blobs.Count - 1);
        return inside;
    }

    private static (byte[]? Blob, string? Problem) ToBlob(string name, object? value)
    {
        if (name == "TR" && value is PickleBytes { IsText: true } bytes)
            return LenientBase64.Decode(bytes.Data) is { } packed ? (packed, null) : (null, "not Base64");
        if (PickleText.Of(value) is not { } text)
            return (null, "no text");
        if (name == "TR")
            return LenientBase64.Decode(Encoding.UTF8.GetBytes(text)) is { } trace ? (trace, null) : (null, "not Base64");
        try
        {
            return (_latin1.GetBytes(text), null);
        }
        catch (EncoderFallbackException)
        {
            return (null, "characters beyond ISO 8859-1");
        }
    }

    private string Doubt(TableColumn column, string value)
    {
        metrics.OutOfRange(column.Name);
        return $"{column.Name}: {Printable(value)} is out of range. ";
    }

    private static string Printable(string text) => string.Concat(text.Take(40).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
