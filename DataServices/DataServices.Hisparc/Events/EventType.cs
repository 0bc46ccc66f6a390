using DataServices.Hdf5;

namespace DataServices.Hisparc.Events;

/// <summary>One kind of event: its table and how its data items fill the columns.</summary>
public sealed class EventType
{
    private readonly Dictionary<string, TableColumn> _columns;
    private readonly HashSet<string> _blobs;

    /// <param name="code">Upload code of three letters.</param>
    /// <param name="table">Name of the table.</param>
    /// <param name="title">Title of the table.</param>
    /// <param name="layout">Columns in the notation of <see cref="TableLayout.Parse"/>.</param>
    /// <param name="items">Pairs <c>CODE=column</c>.</param>
    /// <param name="blobs">Codes, without their digit, whose values go to the station's blobs.</param>
    internal EventType(string code, string table, string title, string layout, string items, string[] blobs)
    {
        Code = code;
        Table = table;
        Title = title;
        Layout = TableLayout.Parse(layout);
        _blobs = [.. blobs];
        var byName = Layout.Columns.ToDictionary(column => column.Name);
        _columns = items.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split('=')).ToDictionary(pair => pair[0], pair => byName[pair[1]]);
        CodeColumns = [.. _columns.Values];
        BlobColumns = [.. _columns.Where(pair => _blobs.Contains(pair.Key)).Select(pair => pair.Value).OrderBy(column => column.Offset)];
        HasExtendedTime = byName.ContainsKey("ext_timestamp");
    }

    public string Code { get; }

    public string Table { get; }

    public string Title { get; }

    public TableLayout Layout { get; }

    /// <summary>The columns that codes fill, in the order of the codes.</summary>
    public IReadOnlyList<TableColumn> CodeColumns { get; }

    /// <summary>The columns that hold indices into the blobs, in order.</summary>
    public IReadOnlyList<TableColumn> BlobColumns { get; }

    /// <summary>Whether rows carry nanoseconds and the extended time stamp, at fixed offsets 8 and 12.</summary>
    public bool HasExtendedTime { get; }

    /// <summary>Whether the value of a code, without its digit, is a blob.</summary>
    public bool IsBlob(string code) => _blobs.Contains(code);

    /// <summary>The column of a code without its digit, or null when the code is not known.</summary>
    public TableColumn? Column(string code) => _columns.GetValueOrDefault(code);
}
