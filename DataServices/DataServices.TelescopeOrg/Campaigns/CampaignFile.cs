using System.Text.Json;
using System.Text.Json.Serialization;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>The file a campaign is resumed from, <c>campaign.json</c>; one process at a time holds it.</summary>
internal sealed class CampaignFile : IDisposable
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };
    private readonly string _path;
    private readonly FileStream _lock;

    public CampaignFile(string directory)
    {
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, "campaign.json");
        try
        {
            _lock = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new TelescopeOrgException($"{_path} is held by another campaign that is running: wait for it, or choose another directory.", e);
        }
    }

    public List<CampaignItem> Load()
    {
        if (!File.Exists(_path))
            return [];
        try
        {
            return JsonSerializer.Deserialize<List<CampaignItem>>(File.ReadAllText(_path), _json) ?? [];
        }
        catch (JsonException e)
        {
            throw new FormatException($"{_path} is damaged ({e.Message}): put it right, or move it away to begin the campaign anew.", e);
        }
    }

    public void Save(IReadOnlyList<CampaignItem> items) =>
        AtomicFile.Write(_path, temporary => File.WriteAllText(temporary, JsonSerializer.Serialize(items, _json)), overwrite: true);

    public void Dispose() => _lock.Dispose();
}
