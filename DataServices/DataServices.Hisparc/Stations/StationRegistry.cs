using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Stations;

/// <summary>The current station list, read again when its file changes. A file that cannot be read leaves the last good list in force.</summary>
public sealed class StationRegistry(string path, Alarms alarms, ILogger logger)
{
    private const string Subject = "station list";
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
            _list = StationList.Parse(File.ReadAllText(path));
            _seen = stamp;
            alarms.Clear(Subject);
            logger.LogInformation("{Path}: {Count} stations.", path, _list.Count);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            alarms.Raise(Subject, $"{path}: {error.Message} {(_list is null ? "No station can upload until it is right." : "The last good list stays in force.")}");
        }
    }
}
