using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace DataServices.Hisparc;

/// <summary>Counters and gauges of the service, and their Prometheus text.</summary>
public sealed class HisparcMetrics
{
    private readonly ConcurrentDictionary<string, long> _counters = new();
    private readonly ConcurrentDictionary<string, Func<double>> _gauges = new();
    private readonly ConcurrentDictionary<string, Histogram> _histograms = new();

    /// <summary>Adds to a counter.</summary>
    /// <param name="name">Name, with its labels in braces if it has any.</param>
    public void Count(string name, long amount = 1) => _counters.AddOrUpdate(name, amount, (_, before) => before + amount);

    /// <summary>A counter's value, 0 when it never counted.</summary>
    public long this[string name] => _counters.GetValueOrDefault(name);

    /// <summary>Registers a value that is read when somebody asks.</summary>
    public void Gauge(string name, Func<double> read) => _gauges[name] = read;

    /// <summary>Adds a measurement in seconds.</summary>
    public void Observe(string name, TimeSpan duration) => _histograms.GetOrAdd(name, _ => new Histogram()).Add(duration.TotalSeconds);

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
        foreach (var (name, value) in _counters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"hisparc_{name} {value}\n");
        foreach (var (name, read) in _gauges.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"hisparc_{name} {read()}\n");
        foreach (var (name, histogram) in _histograms.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            histogram.Write(text, $"hisparc_{name}");
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
