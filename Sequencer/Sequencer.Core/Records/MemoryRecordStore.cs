namespace Sequencer.Core.Records;

/// <summary>A store that forgets everything at the end of the process.</summary>
public sealed class MemoryRecordStore(TimeProvider clock, Func<Guid>? newId = null) : RecordStore(clock, newId)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _collections = [];
    private readonly Dictionary<string, string> _current = [];

    protected override void Append(string collection, string line)
    {
        lock (_gate)
        {
            if (!_collections.TryGetValue(collection, out var lines)) _collections[collection] = lines = [];
            lines.Add(line);
        }
    }

    protected override void SetCurrent(string collection, string? line)
    {
        lock (_gate)
        {
            if (line is null) _current.Remove(collection);
            else _current[collection] = line;
        }
    }

    protected override string? ReadCurrent(string collection)
    {
        lock (_gate) return _current.GetValueOrDefault(collection);
    }

    protected override IEnumerable<string> ReadAll(string collection)
    {
        lock (_gate) return _collections.TryGetValue(collection, out var lines) ? [.. lines] : [];
    }
}
