using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Alpaca.Hosting.Tests.Metrics;

/// <summary>
/// A strict reader of Prometheus' text format 0.0.4, from its published grammar: it refuses what a scraper may tolerate. Families are whole and announced, names and labels are valid,
/// no sample is there twice, counters end in _total and are no less than 0, histograms have all their parts, rising classes and a last one that equals the count.
/// </summary>
internal sealed partial class PrometheusParser
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    private PrometheusParser()
    {
    }

    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of one sample; its labels in any order.</summary>
    public double this[string name, params (string Name, string Value)[] labels] =>
        _samples.TryGetValue(Key(name, labels), out var value) ? value : throw new KeyNotFoundException($"There is no {Key(name, labels)}.");

    public bool Has(string name, params (string Name, string Value)[] labels) => _samples.ContainsKey(Key(name, labels));

    /// <summary>The sum over all samples of a name.</summary>
    public double Sum(string name) => _samples.Where(s => s.Key.Split('{')[0] == name).Sum(s => s.Value);

    public static PrometheusParser Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var parsed = new PrometheusParser();
        string? help = null, family = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } h)
            {
                Assert.Null(help);
                help = h.Groups[1].Value;
            }
            else if (TypeLine().Match(line) is { Success: true } t)
            {
                family = t.Groups[1].Value;
                Assert.True(help == family, $"{line}: the help before it is of {help}.");
                Assert.True(parsed.Types.TryAdd(family, t.Groups[2].Value), $"{family} is there twice.");
                Assert.Equal(t.Groups[2].Value == "counter", family.EndsWith("_total", StringComparison.Ordinal));
                help = null;
            }
            else
            {
                parsed.ReadSample(line, family ?? throw new FormatException($"{line}: no family before it."));
            }
        }

        parsed.CheckHistograms();
        return parsed;
    }

    private static string Key(string name, IEnumerable<(string Name, string Value)> labels)
    {
        var list = string.Join(',', labels.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => $"{l.Name}=\"{l.Value}\""));
        return list.Length == 0 ? name : $"{name}{{{list}}}";
    }

    private void ReadSample(string line, string family)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, $"not a sample: {line}");
        var name = match.Groups["name"].Value;
        var isHistogram = Types[family] == "histogram";
        Assert.True(isHistogram ? name == family + "_bucket" || name == family + "_sum" || name == family + "_count" : name == family, $"{line} is not of {family}.");
        var labels = new List<(string Name, string Value)>();
        for (var i = 0; i < match.Groups["label"].Captures.Count; i++)
            labels.Add((match.Groups["label"].Captures[i].Value, Unescape(match.Groups["text"].Captures[i].Value)));
        Assert.Equal(labels.Count, labels.Select(l => l.Name).Distinct().Count());
        var number = match.Groups["number"].Value;
        var value = number switch { "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, "NaN" => double.NaN, _ => double.Parse(number, CultureInfo.InvariantCulture) };
        Assert.True(Types[family] == "gauge" || value >= 0, $"{line}: less than nothing was counted.");
        Assert.True(_samples.TryAdd(Key(name, labels), value), $"{line} is there twice.");
    }

    private void CheckHistograms()
    {
        foreach (var family in Types.Where(t => t.Value == "histogram").Select(t => t.Key))
        {
            var buckets = _samples.Where(s => s.Key.StartsWith(family + "_bucket{", StringComparison.Ordinal))
                .GroupBy(s => BoundLabel().Replace(s.Key[(family.Length + 7)..], ""), s => (Bound: BoundLabel().Match(s.Key).Groups[1].Value, s.Value));
            foreach (var histogram in buckets)
            {
                var rest = histogram.Key.Trim('{', '}').Trim(',').Replace(",,", ",", StringComparison.Ordinal);
                var classes = histogram.Select(b => (Bound: b.Bound == "+Inf" ? double.PositiveInfinity : double.Parse(b.Bound, CultureInfo.InvariantCulture), b.Value)).OrderBy(b => b.Bound).ToList();
                Assert.Equal(double.PositiveInfinity, classes[^1].Bound);
                Assert.Equal(classes.Select(c => c.Value).Order(), classes.Select(c => c.Value));
                Assert.Equal(classes[^1].Value, _samples[$"{family}_count{{{rest}}}"]);
                Assert.True(_samples.ContainsKey($"{family}_sum{{{rest}}}"), $"{family} has no sum.");
            }
        }
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' ? text[i] : text[++i] switch { 'n' => '\n', var c => c });
        return plain.ToString();
    }

    [GeneratedRegex("^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\\\]|\\\\\\\\|\\\\n)+$")]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((^|,|(?<=\{))(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>([^"\\\n]|\\\\|\\"|\\n)*)")+\})? (?<number>[-+]?(\d+(\.\d+)?([eE][-+]?\d+)?|Inf)|NaN)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex(",?le=\"([^\"]*)\"")]
    private static partial Regex BoundLabel();
}
