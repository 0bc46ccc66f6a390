using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using DataServices.Hisparc.Events;

namespace DataServices.Hisparc;

/// <summary>Counters and gauges of the service, and their Prometheus text.</summary>
public sealed class HisparcMetrics
{
    private const string Counter = "counter";
    private const string Level = "gauge";
    private const string Seconds = "histogram";

    private static readonly Dictionary<string, (string Kind, string Help)> _known = new()
    {
        ["requests_total"] = (Counter, "Uploads by the answer they got."),
        ["request_bytes"] = (Counter, "Bytes of all uploads."),
        ["aborted_total"] = (Counter, "Uploads whose sender left before the answer."),
        ["ack_latency"] = (Seconds, "Seconds from the whole body to the answer."),
        ["decode_seconds"] = (Seconds, "Seconds to read a pickle."),
        ["wal_bytes"] = (Level, "Bytes in the log that are not in day files yet."),
        ["wal_oldest_age"] = (Level, "Seconds the oldest of them has waited."),
        ["wal_fsync_seconds"] = (Seconds, "Seconds to write and flush a group of batches."),
        ["wal_errors_total"] = (Counter, "Groups that could not be written to the log."),
        ["wal_probes_failed_total"] = (Counter, "Looks whether the disk takes data again that failed."),
        ["wal_damaged_total"] = (Counter, "Segments of the log that were found damaged."),
        ["events_total"] = (Counter, "Events by type and by what became of them: stored, duplicate, dropped."),
        ["duplicates_total"] = (Counter, "What came twice and was stored once, batches and events."),
        ["conflicts_total"] = (Counter, "Events of a time at which another event is stored; both are."),
        ["quarantined_total"] = (Counter, "Batches kept because something in them could not be decoded or stored."),
        ["quarantine_full_total"] = (Counter, "Batches that would have been kept there if there were room."),
        ["suspicious_total"] = (Counter, "Batches set aside because of their dates."),
        ["unknown_code_total"] = (Counter, "Data items no column is known for, by their code."),
        ["unknown_codes_total"] = (Counter, "Data items no column is known for."),
        ["out_of_range_total"] = (Counter, "Values their column cannot hold."),
        ["blobs_bytes"] = (Counter, "Bytes of stored blobs."),
        ["hdf5_append_seconds"] = (Seconds, "Seconds to append to a day file and flush it."),
        ["hdf5_files_open"] = (Level, "HDF5 files that are open."),
        ["day_file_bytes"] = (Level, "Size of the day files written last."),
        ["last_event_age"] = (Level, "Seconds since the time of a station's newest event, by its clock; negative when that clock is ahead."),
        ["auth_failures"] = (Counter, "Wrong passwords by station."),
        ["rejected_global_total"] = (Counter, "Pickles that asked for code to be run."),
        ["disk_free"] = (Level, "Free bytes of the volume."),
        ["spool_files_total"] = (Counter, "Spool files taken over."),
        ["deferred_total"] = (Counter, "Writes to a day file that had to wait."),
        ["stepped_aside_total"] = (Counter, "Day files left to a reader and continued as a copy."),
        ["damaged_files_total"] = (Counter, "Day files found damaged or missing."),
        ["rebuilds_total"] = (Counter, "Day files made anew from the log."),
        ["alarms"] = (Level, "What is wrong now."),
        ["writer_heartbeat_age"] = (Level, "Seconds since the writer's last sign of life."),
        ["queue_published_total"] = (Counter, "Messages the broker confirmed."),
        ["queue_failed_total"] = (Counter, "Messages the broker did not confirm."),
        ["queue_confirm_seconds"] = (Seconds, "Seconds until the broker had confirmed a batch for all its shards."),
        ["queue_consumed_total"] = (Counter, "Messages taken from the queue."),
        ["queue_redelivered_total"] = (Counter, "Messages that came again."),
        ["queue_acknowledged_total"] = (Counter, "Messages acknowledged to the broker, their rows verified."),
    };

    private readonly ConcurrentDictionary<string, long> _counters = new();
    private readonly ConcurrentDictionary<string, Func<IEnumerable<(string Labels, double Value)>>> _gauges = new();
    private readonly ConcurrentDictionary<string, Histogram> _histograms = new();

    /// <summary>Every counter begins at nought, so that a rule on it works from the start.</summary>
    public HisparcMetrics()
    {
        string[] labelled = ["requests_total", "events_total", "duplicates_total", "conflicts_total", "unknown_code_total", "out_of_range_total", "auth_failures"];
        foreach (var name in _known.Where(metric => metric.Value.Kind == Counter && !labelled.Contains(metric.Key)).Select(metric => metric.Key))
            Count(name, 0);
        foreach (var code in (string[])["100", "201", "203", "206", "208", "400", "429", "503"])
            Count(Request(code), 0);
        foreach (var type in EventTypes.Everything)
            Count(Event(type.Code, "stored"), 0);
        Count(Duplicate("batch"), 0);
        Count(Duplicate("event"), 0);
    }

    /// <summary>Name of the counter of an answer.</summary>
    public static string Request(string code) => $"requests_total{{code=\"{code}\"}}";

    /// <summary>Name of the counter of events.</summary>
    /// <param name="result">stored, duplicate or dropped.</param>
    public static string Event(string type, string result) => $"events_total{{type=\"{type}\",result=\"{result}\"}}";

    /// <summary>Name of the counter of what came twice.</summary>
    /// <param name="level">batch or event.</param>
    public static string Duplicate(string level) => $"duplicates_total{{level=\"{level}\"}}";

    /// <summary>Adds to a counter.</summary>
    /// <param name="name">Name, with its labels in braces if it has any.</param>
    public void Count(string name, long amount = 1) => _counters.AddOrUpdate(name, static (_, added) => added, static (_, before, added) => before + added, amount);

    /// <summary>A counter's value, 0 when it never counted.</summary>
    public long this[string name] => _counters.GetValueOrDefault(name);

    /// <summary>Registers a value that is read when somebody asks.</summary>
    public void Gauge(string name, Func<double> read) => _gauges[name] = () => [("", read())];

    /// <summary>Registers values with a label that are read when somebody asks.</summary>
    public void Gauge(string name, string label, Func<IEnumerable<(string Value, double Reading)>> read) =>
        _gauges[name] = () => read().Select(found => ($"{{{label}=\"{found.Value}\"}}", found.Reading));

    /// <summary>Adds a measurement in seconds.</summary>
    public void Observe(string name, TimeSpan duration) => _histograms.GetOrAdd(name, static _ => new Histogram()).Add(duration.TotalSeconds);

    /// <summary>A data code no column is known for. The codes come from outside: only the first hundred get a line of their own.</summary>
    public void UnknownCode(string code)
    {
        Count("unknown_codes_total");
        var name = $"unknown_code_total{{code=\"{string.Concat(code.Take(32).Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '?'))}\"}}";
        if (_counters.ContainsKey(name) || _counters.Keys.Count(key => key.StartsWith("unknown_code_total", StringComparison.Ordinal)) < 100)
            Count(name);
    }

    /// <summary>A value its column cannot hold.</summary>
    public void OutOfRange(string column) => Count($"out_of_range_total{{column=\"{column}\"}}");

    /// <summary>Everything in the Prometheus text format.</summary>
    public string ToPrometheus()
    {
        var text = new StringBuilder();
        var counters = _counters.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToLookup(pair => pair.Key.Split('{')[0]);
        foreach (var (name, (kind, help)) in _known)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");
            foreach (var (sample, value) in counters[name])
                text.Append(CultureInfo.InvariantCulture, $"{sample} {value}\n");
            foreach (var (labels, value) in _gauges.TryGetValue(name, out var read) ? read() : [])
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
            if (kind == Seconds)
                _histograms.GetOrAdd(name, static _ => new Histogram()).Write(text, name);
        }

        return text.ToString();
    }

    private sealed class Histogram
    {
        private static readonly double[] _bounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
        private readonly long[] _buckets = new long[_bounds.Length + 1];
        private readonly Lock _gate = new();
        private double _sum;

        public void Add(double seconds)
        {
            lock (_gate)
            {
                var bucket = Array.FindIndex(_bounds, bound => seconds <= bound);
                _buckets[bucket < 0 ? _bounds.Length : bucket]++;
                _sum += seconds;
            }
        }

        public void Write(StringBuilder text, string name)
        {
            lock (_gate)
            {
                long count = 0;
                for (var i = 0; i < _bounds.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{_bounds[i]}\"}} {count += _buckets[i]}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"+Inf\"}} {count += _buckets[^1]}\n{name}_sum {_sum}\n{name}_count {count}\n");
            }
        }
    }
}
