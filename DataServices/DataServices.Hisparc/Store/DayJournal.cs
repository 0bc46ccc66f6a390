using System.Text.Json;
using DataServices.Fits;
using DataServices.Hisparc.Log;

namespace DataServices.Hisparc.Store;

/// <summary>What is known about one day file while the log can still rebuild it. A day without an entry is closed: its file stands for itself.</summary>
/// <param name="From">The records from here on, on top of the base if there is one, make up the file.</param>
/// <param name="Applied">Records before this position are in the file.</param>
/// <param name="Clean">False from before the first byte is changed until the changes are on the platter.</param>
/// <param name="HasBase">Whether a copy from before <paramref name="From"/> is kept.</param>
/// <param name="Length">Bytes of the file when it was last finished.</param>
/// <param name="Modified">Its time of change then, in ticks.</param>
public sealed record DayEntry(LogPosition From, LogPosition Applied, bool Clean, bool HasBase, long Length, long Modified);

/// <summary>The entries of all days, one small durable file each.</summary>
public sealed class DayJournal
{
    private readonly string _directory;
    private readonly Dictionary<DateOnly, DayEntry> _entries = [];

    /// <param name="directory">Where the entries are; it exists.</param>
    public DayJournal(string directory)
    {
        _directory = directory;
        foreach (var path in Directory.EnumerateFiles(directory, "*.json"))
        {
            if (DataFolders.Day(Path.GetFileNameWithoutExtension(path)) is { } day)
                _entries[day] = JsonSerializer.Deserialize<DayEntry>(File.ReadAllBytes(path)) ?? throw new InvalidDataException($"{path}: is empty.");
        }
    }

    public IReadOnlyDictionary<DateOnly, DayEntry> Entries => _entries;

    /// <summary>From where the log has to be read on; null before it was ever read.</summary>
    public LogPosition? Checkpoint
    {
        get
        {
            try
            {
                return File.Exists(CheckpointPath) ? JsonSerializer.Deserialize<LogPosition>(File.ReadAllBytes(CheckpointPath)) : null;
            }
            catch (JsonException)
            {
                // It is written without a flush, because a lost one costs nothing but reading more of the log again.
                return null;
            }
        }

        set
        {
            File.WriteAllBytes(CheckpointPath + ".tmp", JsonSerializer.SerializeToUtf8Bytes(value!.Value));
            File.Move(CheckpointPath + ".tmp", CheckpointPath, overwrite: true);
        }
    }

    /// <summary>Highest segment any entry mentions.</summary>
    public long HighestSegment => _entries.Values.Select(entry => Math.Max(entry.From.Segment, entry.Applied.Segment)).Append(Checkpoint?.Segment ?? 0).Max();

    private string CheckpointPath => Path.Combine(_directory, "checkpoint");

    public DayEntry? Find(DateOnly day) => _entries.GetValueOrDefault(day);

    /// <summary>Writes an entry; it is durable when this returns.</summary>
    public void Set(DateOnly day, DayEntry entry)
    {
        Durable.Write(PathOf(day), JsonSerializer.SerializeToUtf8Bytes(entry));
        _entries[day] = entry;
    }

    /// <summary>Closes a day.</summary>
    public void Remove(DateOnly day)
    {
        File.Delete(PathOf(day));
        _entries.Remove(day);
    }

    private string PathOf(DateOnly day) => Path.Combine(_directory, DataFolders.Name(day) + ".json");
}
