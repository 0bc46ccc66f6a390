using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Stations;

/// <summary>
/// The current station list, read again when its file changes and has come to rest. A file that cannot be read, or has become empty, leaves the
/// last good list in force.
/// </summary>
public sealed class StationRegistry(string path, Alarms alarms, TimeProvider clock, ILogger logger)
{
    private const string Subject = "station list";

    // A list that is not replaced by renaming is for a moment empty or half there, and half a list reads like a whole one.
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(1);

    private volatile StationList? _list;
    private string? _seen;

    /// <summary>The list, or null when none could be read yet.</summary>
    public StationList? Current => _list;

    /// <summary>Looks whether the file changed, and takes it over if it is right.</summary>
    public void Refresh()
    {
        try
        {
            var file = new FileInfo(path);
            var stamp = file.Exists ? FormattableString.Invariant($"{file.LastWriteTimeUtc.Ticks} {file.Length} {file.UnixFileMode}") : "";
            if (stamp == _seen)
                return;
            if (_list is not null && file.Exists && (clock.GetUtcNow() - file.LastWriteTimeUtc).Duration() < _rest)
                return;
            var list = StationList.Parse(File.ReadAllText(path));
            if (list.Count == 0 && _list is { Count: > 0 })
                throw new FormatException("the station list has become empty.");
            _list = list;
            _seen = stamp;
            alarms.Clear(Subject);
            logger.LogInformation("{Path}: {Count} stations.", path, list.Count);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            alarms.Raise(Subject, $"{path}: {error.Message} {(_list is null ? "No station can upload until it is right." : "The last good list stays in force.")}");
        }
    }
}
