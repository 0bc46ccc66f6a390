using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alpaca.Drivers.IOptron;

/// <summary>What the driver remembers for a mount that cannot: kept in a small file, if there is one.</summary>
/// <param name="IsParked">Parked by the driver's own doing, not by the mount's park command.</param>
/// <param name="Position">The park position that clients set; null for the default.</param>
internal sealed record ParkRecord(bool IsParked, MountHorizontal? Position)
{
    /// <summary>Reads it; a file that is missing or was cut short means that nothing is remembered.</summary>
    public static ParkRecord Load(string? file)
    {
        if (file is null || !File.Exists(file))
            return new(false, null);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), ParkRecordJson.Default.ParkRecord) ?? new(false, null);
        }
        catch (JsonException)
        {
            // Not parked is the answer that keeps the observatory from closing onto a telescope nobody has parked.
            return new(false, null);
        }
    }

    /// <summary>Writes it whole: under another name, synced, renamed.</summary>
    public void Save(string? file)
    {
        if (file is null)
            return;
        var temporary = file + ".new";
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, this, ParkRecordJson.Default.ParkRecord);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
    }
}

[JsonSerializable(typeof(ParkRecord))]
internal sealed partial class ParkRecordJson : JsonSerializerContext;
