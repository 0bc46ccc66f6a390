using DataServices.Hisparc.Events;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Store;

/// <summary>Turns records of the log into rows, sorted by day.</summary>
/// <param name="keeps">Whether a day of a cluster is written here.</param>
internal sealed class RecordReader(StoreOptions options, Quarantine quarantine, HisparcMetrics metrics, Func<DateOnly, string, bool> keeps)
{
    /// <summary>The events of a record by day. The same record always gives the same rows.</summary>
    public IReadOnlyDictionary<DateOnly, StationEvents> Read(LogRecord record)
    {
        var days = new Dictionary<DateOnly, StationEvents>();
        EventBatch batch;
        try
        {
            batch = record.Kind == LogRecordKind.Upload ? EventBatch.Parse(record.Data.Span) : EventBatch.ParseSpool(record.Data.Span).Batch;
        }
        catch (PickleFormatException error)
        {
            // It was decoded before it was acknowledged; only a program of another version can come to another judgement.
            quarantine.Keep(record.Station, record.Identity.Span, record.Data.Span, error.Message);
            return days;
        }

        var builder = new RowBuilder(options.ReferenceCompatible, metrics);
        var problems = new List<string>();
        foreach (var found in batch.Events)
        {
            if (!keeps(found.Day, record.Cluster))
                continue;
            var result = builder.Build(found);
            if (result.Problem is not null)
                problems.Add(result.Problem);
            if (result.Event is null && !options.ReferenceCompatible)
            {
                metrics.Count(HisparcMetrics.Event(result.Type?.Code ?? "unknown", "dropped"));
                continue;
            }

            if (!days.TryGetValue(found.Day, out var day))
                days[found.Day] = day = new StationEvents(record.Cluster, record.Station, [], [], []);
            if (result.Orphans.Count > 0)
                day.Orphans.Add((day.Events.Count, result.Orphans));
            if (result.Event is null && result.Type is not null)
                day.Empty.Add(result.Type);
            if (result.Event is not null)
                day.Events.Add(result.Event);
        }

        if (problems.Count > 0)
            quarantine.Keep(record.Station, record.Identity.Span, record.Data.Span, string.Join('\n', problems.Take(100)));
        return days;
    }
}
