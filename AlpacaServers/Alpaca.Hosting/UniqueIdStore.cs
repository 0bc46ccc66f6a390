using System.Security.Cryptography;
using System.Text.Json;

namespace Alpaca.Hosting;

/// <summary>
/// Remembers the unique id of every device across restarts: 128 random bits each, nobody can guess one, and once given it never changes.
/// The file appears whole or not at all. A file that cannot be read stops the start, since new ids would make every client lose its devices.
/// </summary>
public sealed class UniqueIdStore
{
    private const string FileName = "unique-ids.json";
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true };

    private readonly string _path;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _ids;

    private UniqueIdStore(string path, SortedDictionary<string, string> ids) => (_path, _ids) = (path, ids);

    /// <summary>Opens the store in a state directory, which is made if needed.</summary>
    /// <exception cref="InvalidDataException">The file is there but not readable as one of ours.</exception>
    public static UniqueIdStore Open(string stateDirectory)
    {
        Directory.CreateDirectory(stateDirectory);
        var path = Path.Combine(stateDirectory, FileName);
        return new UniqueIdStore(path, File.Exists(path) ? Read(path) : new(StringComparer.Ordinal));
    }

    /// <summary>The id of a device, made and saved when first asked for.</summary>
    /// <param name="key">What the device is called in the configuration or, better, its serial number: stable as long as the device is the same.</param>
    public string IdOf(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        lock (_lock)
        {
            if (_ids.TryGetValue(key, out var known))
                return known;
            var id = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
            _ids.Add(key, id);
            try
            {
                Save();
            }
            catch
            {
                _ids.Remove(key);
                throw;
            }

            return id;
        }
    }

    private static SortedDictionary<string, string> Read(string path)
    {
        try
        {
            var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? throw new JsonException("The file holds null.");
            return new SortedDictionary<string, string>(ids, StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path} is damaged: {e.Message} It holds the unique ids by which clients know the devices. Restore it from a backup, or remove it and choose the devices anew in every client.", e);
        }
    }

    private void Save()
    {
        var temporary = _path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, _ids, s_format);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }
}
