using System.Globalization;
using System.Text;

namespace Alpaca.Hosting;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4: families one after the other, each with its help and type.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private string _family = "";

    /// <summary>Begins a family of counters; the name ends in <c>_total</c>.</summary>
    public PrometheusText Counter(string name, string help) => Begin(name, "counter", help);

    /// <summary>Begins a family of gauges.</summary>
    public PrometheusText Gauge(string name, string help) => Begin(name, "gauge", help);

    /// <summary>Begins a family of histograms.</summary>
    public PrometheusText Histogram(string name, string help) => Begin(name, "histogram", help);

    /// <summary>Writes one sample of the family.</summary>
    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Write("", value, labels, null);

    /// <summary>Writes the samples of one histogram of the family.</summary>
    public void Sample(LatencyHistogram histogram, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var below = 0L;
        var counts = histogram.Read();
        for (var i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            Write("_bucket", below, labels, i < LatencyHistogram.Bounds.Count ? LatencyHistogram.Bounds[i].ToString("0.#####", CultureInfo.InvariantCulture) : "+Inf");
        }

        Write("_sum", histogram.Sum, labels, null);
        Write("_count", below, labels, null);
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    private PrometheusText Begin(string name, string type, string help)
    {
        _family = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    private void Write(string suffix, double value, ReadOnlySpan<(string Name, string Value)> labels, string? bound)
    {
        _text.Append(_family).Append(suffix);
        var separator = '{';
        foreach (var (name, text) in labels)
        {
            WriteLabel(separator, name, text);
            separator = ',';
        }

        if (bound is not null)
        {
            WriteLabel(separator, "le", bound);
            separator = ',';
        }

        if (separator == ',')
            _text.Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private void WriteLabel(char separator, string name, string value)
    {
        _text.Append(separator).Append(name).Append("=\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => _text.Append(@"\\"),
                '"' => _text.Append("\\\""),
                '\n' => _text.Append(@"\n"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }
}
