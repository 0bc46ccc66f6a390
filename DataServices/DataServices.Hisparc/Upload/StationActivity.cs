using System.Collections.Concurrent;
using DataServices.Hisparc.Events;
using DataServices.Hisparc.Stations;

namespace DataServices.Hisparc.Upload;

/// <summary>Who sent how much in the last day, hour by hour. For people; the files are what counts.</summary>
public sealed class StationActivity(TimeProvider clock)
{
    private const int Hours = 24;
    private readonly ConcurrentDictionary<int, Row> _rows = new();

    /// <summary>Every station heard of, by number.</summary>
    public IReadOnlyList<StationReport> Report()
    {
        var now = Hour;
        return [.. _rows.OrderBy(pair => pair.Key).Select(pair => pair.Value.Report(pair.Key, now))];
    }

    /// <summary>Notes an acknowledged batch.</summary>
    public void Received(Station station, EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(batch);
        _rows.GetOrAdd(station.Number, _ => new Row(station.Cluster)).Add(Hour, batch, clock.GetUtcNow());
    }

    private long Hour => clock.GetUtcNow().ToUnixTimeSeconds() / 3600;

    private sealed class Row(string cluster)
    {
        private readonly long[] _events = new long[Hours];
        private readonly Lock _gate = new();
        private long _hour;
        private DateTimeOffset _last;
        private DateTime _newest;

        public void Add(long hour, EventBatch batch, DateTimeOffset now)
        {
            lock (_gate)
            {
                Turn(hour);
                _events[hour % Hours] += batch.Events.Count;
                foreach (var found in batch.Events)
                    _newest = found.Time > _newest ? found.Time : _newest;
                _last = now;
            }
        }

        public StationReport Report(int number, long now)
        {
            lock (_gate)
            {
                Turn(now);
                return new StationReport(number, cluster, [.. Enumerable.Range(0, Hours).Select(i => _events[(now - Hours + 1 + i + Hours) % Hours])], _last, _newest);
            }
        }

        private void Turn(long hour)
        {
            for (var i = Math.Max(_hour + 1, hour - Hours + 1); i <= hour; i++)
                _events[i % Hours] = 0;
            _hour = Math.Max(_hour, hour);
        }
    }
}

/// <summary>What a station sent.</summary>
/// <param name="EventsPerHour">24 hours, the current one last.</param>
/// <param name="LastUpload">When its last batch was acknowledged.</param>
/// <param name="NewestEvent">Time of its newest event, by its own clock (GPS).</param>
public sealed record StationReport(int Station, string Cluster, IReadOnlyList<long> EventsPerHour, DateTimeOffset LastUpload, DateTime NewestEvent);
