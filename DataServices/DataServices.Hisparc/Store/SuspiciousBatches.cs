using System.Globalization;
using DataServices.Fits;
using DataServices.Hisparc.Events;
using DataServices.Hisparc.Pickle;
using DataServices.Hisparc.Stations;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Store;

/// <summary>Batches with dates that cannot be right are kept whole, as spool files, until the operator looks at them.</summary>
public sealed class SuspiciousBatches(string directory, HisparcOptions options, HisparcMetrics metrics, TimeProvider clock, ILogger logger)
{
    /// <summary>Last year a 32-bit timestamp can hold whole.</summary>
    private const int LastYear = 2037;

    /// <summary>Why a batch is suspicious, or null when it is not.</summary>
    public string? Reason(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var latest = clock.GetUtcNow().UtcDateTime + options.FutureLimit;
        foreach (var found in batch.Events)
        {
            if (found.Time.Year < options.FirstYear || (!options.Store.ReferenceCompatible && (found.Time.Year > LastYear || found.Time > latest)))
                return string.Create(CultureInfo.InvariantCulture, $"an event of {found.Time:yyyy-MM-dd HH:mm:ss}");
        }

        return null;
    }

    /// <summary>Keeps a batch; it is durable when this returns. The same batch again changes nothing.</summary>
    /// <exception cref="IOException">It cannot be kept now.</exception>
    public void Keep(Station station, ReadOnlySpan<byte> identity, EventBatch batch, string reason)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(batch);
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{station.Number}-{Convert.ToHexStringLower(identity)}"));
        if (File.Exists(path))
            return;
        Durable.Write(path, Spool(station.Number, station.Cluster, batch));
        metrics.Count("suspicious_total");
        logger.LogWarning("Station {Station}: {Reason}; the batch of {Count} events was set aside as {Path}.", station.Number, reason, batch.Events.Count, path);
    }

    /// <summary>A spool file as the reference writes it.</summary>
    public static byte[] Spool(int station, string cluster, EventBatch batch)
    {
        var writer = new PickleWriter();
        writer.Write(new Dictionary<string, object?>
        {
            ["station_id"] = station,
            ["cluster"] = cluster,
            ["event_list"] = batch.Events.Select(found => (object?)new Dictionary<string, object?> { ["header"] = found.Header, ["datalist"] = found.Items }).ToList(),
        });
        return writer.Finish();
    }
}
