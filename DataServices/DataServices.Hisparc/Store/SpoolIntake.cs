using DataServices.Hisparc.Events;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Pickle;
using DataServices.Hisparc.Stations;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Store;

/// <summary>
/// Takes over the spool files of a reference web application: each goes into the log, durably, and only then disappears. Those that a
/// reference writer left behind in <c>partial/</c> are taken too, and those that the operator released from <c>suspicious/</c>.
/// </summary>
public sealed class SpoolIntake(DataFolders folders, IBatchSink sink, BatchIndex batches, SuspiciousBatches suspicious, HisparcMetrics metrics, TimeProvider clock, ILogger logger)
{
    private readonly Quarantine _quarantine = new(folders.Quarantine, metrics);

    /// <summary>Takes over everything there is now.</summary>
    /// <returns>Files taken.</returns>
    public async Task<int> TakeAsync(CancellationToken cancel)
    {
        var taken = 0;
        foreach (var (folder, kind) in ((string, LogRecordKind)[])
            [(folders.Partial, LogRecordKind.Spool), (folders.Incoming, LogRecordKind.Spool), (folders.Released, LogRecordKind.ReleasedSpool)])
        {
            foreach (var path in Directory.EnumerateFiles(folder).OrderBy(File.GetLastWriteTimeUtc).ThenBy(path => path, StringComparer.Ordinal).ToList())
            {
                cancel.ThrowIfCancellationRequested();
                await TakeAsync(path, kind, cancel);
                taken++;
            }
        }

        return taken;
    }

    private async Task TakeAsync(string path, LogRecordKind kind, CancellationToken cancel)
    {
        var data = await File.ReadAllBytesAsync(path, cancel);
        var identity = BatchIdentity.Of(data);
        try
        {
            var (number, cluster, batch) = EventBatch.ParseSpool(data);
            if (cluster.Contains('/', StringComparison.Ordinal))
                throw new PickleFormatException("a cluster name with '/', which is not possible in HDF5");
            if (kind == LogRecordKind.Spool && suspicious.Reason(batch) is { } reason)
            {
                suspicious.Keep(new Station(number, cluster, StationPassword.Parse("")), identity, batch, reason);
            }
            else
            {
                // The file's name is part of its identity: after a crash it is met again, while two files with the same content are two batches.
                var key = BatchIndex.Key(number, BatchIdentity.Of([.. identity, .. System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(path))]), data.Length);
                if (!batches.Contains(key))
                {
                    var record = new LogRecord(kind, number, cluster, clock.GetUtcNow(), identity, data);
                    await sink.StoreAsync(record, batch, cancel);
                    batches.Add(key, record.Received);
                }
            }
        }
        catch (PickleFormatException error)
        {
            logger.LogError("{Path}: {Reason}; kept in {Folder}.", path, error.Message, folders.Quarantine);
            _quarantine.Keep(0, identity, data, $"{path}: {error.Message}");
        }

        metrics.Count("spool_files_total");
        File.Delete(path);
    }
}
