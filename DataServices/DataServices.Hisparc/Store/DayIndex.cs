using System.Buffers.Binary;
using DataServices.Hdf5;
using DataServices.Hisparc.Events;

namespace DataServices.Hisparc.Store;

/// <summary>Which events a day file has, table by table, read from the file when a table is first needed.</summary>
public sealed class DayIndex
{
    private const int RowsAtOnce = 4096;
    private readonly Dictionary<string, EventSet> _tables = [];

    /// <summary>The set of a table.</summary>
    public EventSet Of(string node, Func<EventSet> scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        if (!_tables.TryGetValue(node, out var known))
            _tables[node] = known = scan();
        return known;
    }

    /// <summary>Reads the identities of all events of a table.</summary>
    public static EventSet Scan(EventType type, Hdf5Table table, Hdf5BlobArray blobs)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(blobs);
        var known = new EventSet();
        for (long first = 0; first < table.Count; first += RowsAtOnce)
        {
            var count = (int)Math.Min(RowsAtOnce, table.Count - first);
            var rows = table.Read(first, count);
            var window = new BlobWindow(type, rows, table.Layout.RowSize, blobs);
            for (var i = 0; i < count; i++)
                known.Add(EventIdentity.Of(type, rows.AsSpan(i * table.Layout.RowSize, table.Layout.RowSize), window.Get));
        }

        return known;
    }

    /// <summary>The blobs that some rows point at, read in one go where they lie together.</summary>
    private sealed class BlobWindow
    {
        private const int Widest = 8 * RowsAtOnce;
        private readonly Hdf5BlobArray _blobs;
        private readonly byte[][] _window = [];
        private readonly int _first;

        public BlobWindow(EventType type, byte[] rows, int rowSize, Hdf5BlobArray blobs)
        {
            _blobs = blobs;
            int lowest = int.MaxValue, highest = -1;
            for (var offset = 0; offset < rows.Length; offset += rowSize)
            {
                foreach (var column in type.BlobColumns)
                {
                    for (var i = 0; i < column.Count; i++)
                    {
                        var place = BinaryPrimitives.ReadInt32LittleEndian(rows.AsSpan(offset + column.Offset + 4 * i));
                        if (place < 0)
                            continue;
                        lowest = Math.Min(lowest, place);
                        highest = Math.Max(highest, place);
                    }
                }
            }

            if (highest < 0 || highest - lowest >= Widest || highest >= blobs.Count)
                return;
            _first = lowest;
            _window = blobs.Read(lowest, highest - lowest + 1);
        }

        public ReadOnlyMemory<byte> Get(int place) =>
            place >= _first && place - _first < _window.Length ? _window[place - _first] : place < _blobs.Count ? _blobs.Read(place, 1)[0] : default(ReadOnlyMemory<byte>);
    }
}
