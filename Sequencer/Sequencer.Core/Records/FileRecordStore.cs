namespace Sequencer.Core.Records;

/// <summary>
/// A store of JSON files in one directory: <c>NAME.json</c> with a document per line, and <c>current_NAME.json</c>, which whoever watches the
/// directory sees whole or not at all.
/// </summary>
public sealed class FileRecordStore : RecordStore
{
    private readonly Lock _gate = new();

    /// <param name="directory">The store's directory; it is created if need be.</param>
    public FileRecordStore(string directory, TimeProvider clock, Func<Guid>? newId = null)
        : base(clock, newId)
    {
        DirectoryPath = Path.GetFullPath(directory);
        Directory.CreateDirectory(DirectoryPath);
    }

    /// <summary>Where the files are, absolute.</summary>
    public string DirectoryPath { get; }

    protected override void Append(string collection, string line)
    {
        lock (_gate) File.AppendAllText(CollectionFile(collection), line + "\n");
    }

    protected override void SetCurrent(string collection, string? line)
    {
        var file = CurrentFile(collection);
        lock (_gate)
        {
            if (line is null)
            {
                File.Delete(file);
                return;
            }

            // Watchers must never see half a document; a current record need not survive a power cut, so nothing is forced to the disk.
            var temporary = Path.Combine(DirectoryPath, $".current_{collection}.tmp");
            File.WriteAllText(temporary, line + "\n");
            File.Move(temporary, file, overwrite: true);
        }
    }

    protected override string? ReadCurrent(string collection)
    {
        var file = CurrentFile(collection);
        lock (_gate) return File.Exists(file) ? File.ReadAllText(file).TrimEnd('\n') : null;
    }

    protected override IEnumerable<string> ReadAll(string collection)
    {
        var file = CollectionFile(collection);
        lock (_gate) return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    private string CollectionFile(string collection) => Path.Combine(DirectoryPath, $"{collection}.json");

    private string CurrentFile(string collection) => Path.Combine(DirectoryPath, $"current_{collection}.json");
}
