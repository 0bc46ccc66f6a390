using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using DataServices.Hdf5;
using DataServices.Hisparc.Events;

namespace DataServices.Hisparc.Store;

/// <summary>Events of one station, to be appended to one day.</summary>
/// <param name="Cluster">Name of the cluster as in the station list.</param>
/// <param name="Events">In the order they came.</param>
/// <param name="Orphans">Blobs without rows, in front of the event at that position; compatibility mode only.</param>
/// <param name="Empty">Types whose tables the reference creates without a row; compatibility mode only.</param>
public sealed record StationEvents(
    string Cluster, int Station, List<BuiltEvent> Events, List<(int Before, IReadOnlyList<byte[]> Blobs)> Orphans, HashSet<EventType> Empty);

/// <summary>An open day file.</summary>
public sealed class DayFile : IDisposable
{
    private const string Root = "/hisparc";
    private readonly Hdf5File _file;
    private readonly StoreOptions _options;
    private readonly HisparcMetrics _metrics;

    private DayFile(Hdf5File file, StoreOptions options, HisparcMetrics metrics)
    {
        _file = file;
        _options = options;
        _metrics = metrics;
    }

    /// <summary>Opens the file for appending, or creates it.</summary>
    /// <exception cref="Hdf5Exception">It is locked by a reader, or damaged.</exception>
    public static DayFile Open(string path, StoreOptions options, HisparcMetrics metrics)
    {
        var exists = File.Exists(path);
        var file = new DayFile(exists ? Hdf5File.Open(path, writable: true) : Hdf5File.Create(path), options, metrics);
        try
        {
            if (!file._file.Exists(Root))
                file._file.CreateGroup(Root, "HiSPARC data");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends the events that are not there yet.</summary>
    /// <param name="index">Which events the file has; it is completed from the file where it must be.</param>
    /// <returns>How many were new.</returns>
    public int Append(StationEvents batch, DayIndex index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(index);
        var group = RequireStation(batch.Cluster, batch.Station);
        using var blobs = OpenBlobs(group);
        var fresh = new List<ReadOnlyMemory<byte>>();
        var rows = new Dictionary<EventType, RowBuffer>();
        try
        {
            var orphans = 0;
            var stored = 0;
            for (var i = 0; i <= batch.Events.Count; i++)
            {
                for (; orphans < batch.Orphans.Count && batch.Orphans[orphans].Before <= i; orphans++)
                    fresh.AddRange(batch.Orphans[orphans].Blobs.Select(blob => (ReadOnlyMemory<byte>)blob));
                if (i < batch.Events.Count && Add(batch.Events[i], group, blobs, fresh, rows, index))
                    stored++;
            }

            foreach (var type in batch.Empty.Where(type => !rows.ContainsKey(type)))
                rows[type] = new RowBuffer(OpenTable(group, type));

            // Blobs first: a row never points at one that is not there.
            blobs.Append(fresh);
            foreach (var (type, buffer) in rows)
            {
                buffer.Table.Append(buffer.Rows.WrittenSpan);
                Count(type, buffer);
            }

            _metrics.Count("blobs_bytes", fresh.Sum(blob => (long)blob.Length));
            return stored;
        }
        finally
        {
            foreach (var buffer in rows.Values)
                buffer.Dispose();
        }
    }

    /// <summary>Hands everything to the operating system and closes.</summary>
    public void Close()
    {
        _file.Flush();
        _file.Close();
    }

    public void Dispose() => _file.Dispose();

    private void Count(EventType type, RowBuffer buffer)
    {
        _metrics.Count(HisparcMetrics.Event(type.Code, "stored"), buffer.Count);
        if (buffer.Conflicts > 0)
            _metrics.Count($"conflicts_total{{type=\"{type.Code}\"}}", buffer.Conflicts);
        if (buffer.Duplicates == 0)
            return;
        _metrics.Count(HisparcMetrics.Event(type.Code, "duplicate"), buffer.Duplicates);
        _metrics.Count(HisparcMetrics.Duplicate("event"), buffer.Duplicates);
    }

    private bool Add(BuiltEvent found, string group, Hdf5BlobArray blobs, List<ReadOnlyMemory<byte>> fresh, Dictionary<EventType, RowBuffer> rows, DayIndex index)
    {
        if (!rows.TryGetValue(found.Type, out var buffer))
        {
            buffer = rows[found.Type] = new RowBuffer(OpenTable(group, found.Type));
            if (!_options.ReferenceCompatible)
                buffer.Known = index.Of($"{group}/{found.Type.Table}", () => DayIndex.Scan(found.Type, buffer.Table, blobs));
        }

        switch (buffer.Known?.Add(found.Identity))
        {
            case Novelty.Duplicate:
                buffer.Duplicates++;
                return false;
            case Novelty.Conflicting:
                buffer.Conflicts++;
                break;
        }

        var row = buffer.Rows.GetSpan(found.Row.Length)[..found.Row.Length];
        found.Row.CopyTo(row);
        BinaryPrimitives.WriteUInt32LittleEndian(row, (uint)(buffer.Table.Count + ++buffer.Count));
        var first = (int)(blobs.Count + fresh.Count);
        foreach (var column in found.Type.BlobColumns)
        {
            for (var i = 0; i < column.Count; i++)
            {
                var cell = row[(column.Offset + 4 * i)..];
                var place = BinaryPrimitives.ReadInt32LittleEndian(cell);
                if (place >= 0)
                    BinaryPrimitives.WriteInt32LittleEndian(cell, first + place);
            }
        }

        buffer.Rows.Advance(row.Length);
        foreach (var blob in found.Blobs)
            fresh.Add(blob);
        return true;
    }

    private string RequireStation(string cluster, int station)
    {
        var above = $"{Root}/cluster_{cluster.ToLowerInvariant()}";
        if (!_file.Exists(above))
            _file.CreateGroup(above, $"HiSPARC cluster {cluster} data");
        var group = string.Create(CultureInfo.InvariantCulture, $"{above}/station_{station}");
        if (!_file.Exists(group))
            _file.CreateGroup(group, string.Create(CultureInfo.InvariantCulture, $"HiSPARC station {station} data"));
        return group;
    }

    private Hdf5BlobArray OpenBlobs(string group)
    {
        var node = $"{group}/blobs";
        return _file.Exists(node) ? Hdf5BlobArray.Open(_file, node) : Hdf5BlobArray.Create(_file, node, "HiSPARC binary data", _options.BlobChunk);
    }

    private Hdf5Table OpenTable(string group, EventType type)
    {
        var node = $"{group}/{type.Table}";
        var layout = _options.TimeKind == ColumnKind.Time32 ? type.Layout : type.Layout.With("timestamp", _options.TimeKind);
        if (!_file.Exists(node))
            return Hdf5Table.Create(_file, node, type.Title, layout);
        var table = Hdf5Table.Open(_file, node);
        if (table.Layout.RowSize == layout.RowSize && table.Layout.Columns.Select(c => (c.Name, c.Offset)).SequenceEqual(layout.Columns.Select(c => (c.Name, c.Offset))))
            return table;
        table.Dispose();
        throw new Hdf5Exception(_file.Path, $"{_file.Path}: {node} has other columns than this service writes.");
    }

    private sealed class RowBuffer(Hdf5Table table) : IDisposable
    {
        public Hdf5Table Table => table;

        public ArrayBufferWriter<byte> Rows { get; } = new();

        /// <summary>The events the table has; null where nobody asks.</summary>
        public EventSet? Known { get; set; }

        public int Count { get; set; }

        public int Duplicates { get; set; }

        public int Conflicts { get; set; }

        public void Dispose() => table.Dispose();
    }
}
