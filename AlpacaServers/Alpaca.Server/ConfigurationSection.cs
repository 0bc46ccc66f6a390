using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Alpaca.Server;

/// <summary>One mapping of a YAML file, read strictly: every value is checked where it is taken, and a key that nobody took is an error.</summary>
internal sealed class ConfigurationSection
{
    private readonly string _file;
    private readonly string _path;
    private readonly int _line;
    private readonly Dictionary<string, (YamlNode Value, long Line)> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);

    private ConfigurationSection(string file, string path, YamlNode node)
    {
        (_file, _path, _line) = (file, path, (int)node.Start.Line);
        if (node is YamlScalarNode { Value: null or "" })
            return;
        if (node is not YamlMappingNode mapping)
            throw Wrong(node.Start.Line, $"{(path.Length == 0 ? "the file" : path)} must be a mapping of keys to values.");
        foreach (var (key, value) in mapping.Children)
            _entries[((YamlScalarNode)key).Value!] = (value, key.Start.Line);
    }

    /// <summary>Reads a file.</summary>
    public static ConfigurationSection Load(string file)
    {
        try
        {
            using var reader = File.OpenText(file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return new ConfigurationSection(file, "", yaml.Documents.Count == 0 ? new YamlMappingNode() : yaml.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            throw new ConfigurationException($"{file}, line {e.Start.Line}: not valid YAML: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be read: {e.Message}", e);
        }
    }

    public string Text(string key, string otherwise) => Scalar(key)?.Value ?? otherwise;

    public double Number(string key, double otherwise, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity) =>
        OptionalNumber(key, minimum, maximum) ?? otherwise;

    public double? OptionalNumber(string key, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity)
    {
        if (Scalar(key) is not { } scalar)
            return null;
        if (!double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number >= minimum && number <= maximum))
            throw Wrong(scalar.Start.Line, $"{Name(key)} is \"{scalar.Value}\"; it must be a number{Range(minimum, maximum)}.");
        return number;
    }

    public int Integer(string key, int otherwise, int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        if (Scalar(key) is not { } scalar)
            return otherwise;
        if (!int.TryParse(scalar.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) || number < minimum || number > maximum)
            throw Wrong(scalar.Start.Line, $"{Name(key)} is \"{scalar.Value}\"; it must be a whole number{Range(minimum, maximum)}.");
        return number;
    }

    public bool Flag(string key, bool otherwise) => Scalar(key) is not { } scalar ? otherwise : scalar.Value switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw Wrong(scalar.Start.Line, $"{Name(key)} is \"{scalar.Value}\"; it must be true or false."),
    };

    /// <summary>One of some words.</summary>
    public T Choice<T>(string key, T otherwise, IReadOnlyDictionary<string, T> words)
    {
        if (Scalar(key) is not { Value: { } word } scalar)
            return otherwise;
        return words.TryGetValue(word, out var value)
            ? value
            : throw Wrong(scalar.Start.Line, $"{Name(key)} is \"{word}\"; it must be one of {string.Join(", ", words.Keys)}.");
    }

    /// <summary>Reads a value by a parser whose FormatException says what is wrong.</summary>
    public T Parsed<T>(string key, T otherwise, Func<string, T> parse)
    {
        if (Scalar(key) is not { Value: { } text } scalar)
            return otherwise;
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            throw Wrong(scalar.Start.Line, $"{Name(key)}: {e.Message}");
        }
    }

    public DateTimeOffset Instant(string key) => Scalar(key) is not { } scalar
        ? throw Wrong(_line, $"{Name(key)} is missing.")
        : DateTimeOffset.TryParse(scalar.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw Wrong(scalar.Start.Line, $"{Name(key)} is \"{scalar.Value}\"; it must be a UTC time such as 2026-11-21T10:30:00Z.");

    /// <summary>A mapping under a key; null if the key is not there.</summary>
    public ConfigurationSection? Section(string key)
    {
        _known.Add(key);
        return _entries.TryGetValue(key, out var entry) ? new ConfigurationSection(_file, Name(key), entry.Value) : null;
    }

    /// <summary>A list of mappings under a key; null if the key is not there.</summary>
    public IReadOnlyList<ConfigurationSection>? Sections(string key)
    {
        _known.Add(key);
        if (!_entries.TryGetValue(key, out var entry))
            return null;
        return entry.Value is YamlSequenceNode list
            ? [.. list.Children.Select((node, i) => new ConfigurationSection(_file, FormattableString.Invariant($"{Name(key)}[{i}]"), node))]
            : throw Wrong(entry.Line, $"{Name(key)} must be a list.");
    }

    /// <summary>True if a key holds a list rather than a word.</summary>
    public bool IsList(string key) => _entries.TryGetValue(key, out var entry) && entry.Value is YamlSequenceNode;

    /// <summary>An error at one of this section's keys, or at the section.</summary>
    public ConfigurationException Wrong(string key, string message) =>
        Wrong(_entries.TryGetValue(key, out var entry) ? entry.Line : _line, message);

    /// <summary>Throws if there is a key that nothing has asked for.</summary>
    public void ThrowIfAnyIsUnknown()
    {
        foreach (var (key, (_, line)) in _entries)
        {
            if (_known.Contains(key))
                continue;
            var nearest = _known.MinBy(known => Distance(key, known));
            throw Wrong(line, $"there is no key \"{Name(key)}\"." + (nearest is null ? "" : $" Did you mean \"{nearest}\"? Known here: {string.Join(", ", _known)}."));
        }
    }

    private YamlScalarNode? Scalar(string key)
    {
        _known.Add(key);
        if (!_entries.TryGetValue(key, out var entry))
            return null;
        return entry.Value as YamlScalarNode ?? throw Wrong(entry.Line, $"{Name(key)} must be a single value.");
    }

    private ConfigurationException Wrong(long line, string message) => new(FormattableString.Invariant($"{_file}, line {line}: {message}"));

    private string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static string Range(double minimum, double maximum) => (double.IsFinite(minimum) && minimum > int.MinValue, double.IsFinite(maximum) && maximum < int.MaxValue) switch
    {
        (true, true) => FormattableString.Invariant($", {minimum} to {maximum}"),
        (true, false) => FormattableString.Invariant($", {minimum} or more"),
        (false, true) => FormattableString.Invariant($", {maximum} or less"),
        _ => "",
    };

    /// <summary>Edits from one word to another (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
