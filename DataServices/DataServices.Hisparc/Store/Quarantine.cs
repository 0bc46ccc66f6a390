using System.Globalization;
using System.Text;
using DataServices.Fits;

namespace DataServices.Hisparc.Store;

/// <summary>Keeps, once, the bytes of what could not be decoded or not be stored whole, with the reason beside it. Bounded in number.</summary>
public sealed class Quarantine(string directory, HisparcMetrics metrics)
{
    private const int MaxFiles = 20_000;
    private readonly Lock _gate = new();
    private int? _files;

    /// <summary>Keeps some bytes under a name that is the same for the same bytes.</summary>
    public void Keep(int station, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> data, string reason)
    {
        lock (_gate)
            KeepOnce(station, identity, data, reason);
    }

    private void KeepOnce(int station, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> data, string reason)
    {
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{station}-{Convert.ToHexStringLower(identity)}"));
        if (File.Exists(path + ".pickle"))
            return;
        _files ??= Directory.EnumerateFiles(directory, "*.pickle").Count();
        metrics.Count("quarantined_total");
        if (_files >= MaxFiles)
        {
            metrics.Count("quarantine_full_total");
            return;
        }

        Durable.Write(path + ".txt", Encoding.UTF8.GetBytes(reason + "\n"));
        Durable.Write(path + ".pickle", data);
        _files++;
    }
}
