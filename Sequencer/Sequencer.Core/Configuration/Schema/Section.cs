using System.Text.Json.Nodes;

namespace Sequencer.Core.Configuration.Schema;

/// <summary>
/// A mapping with known keys, declared once: from the declaration follow reading, checking, the defaults shown to people, the documentation and the JSON schema.
/// Unknown keys are problems. A key that is absent or null keeps its default.
/// </summary>
/// <typeparam name="T">An immutable record with defaults.</typeparam>
/// <param name="summary">What the section is about.</param>
/// <param name="defaults">A record with the defaults.</param>
public sealed class Section<T>(string summary, T defaults) : ValueKind<T>, ISection
    where T : class
{
    private readonly List<SectionKey<T>> _keys = [];
    private readonly List<Func<T, SectionProblem?>> _checks = [];

    /// <summary>What the section is about.</summary>
    public string Summary => summary;

    /// <inheritdoc/>
    public bool HasKeys => true;

    /// <inheritdoc/>
    public override string Label => "a mapping";

    /// <summary>Declares a key.</summary>
    /// <param name="name">As it is written in the file.</param>
    /// <param name="kind">What values it takes.</param>
    /// <param name="get">Reads it from the record; null when unset.</param>
    /// <param name="set">Returns the record with the key set.</param>
    /// <param name="about">What it means, in a sentence.</param>
    /// <param name="required">True when there is no default.</param>
    public Section<T> Key<TValue>(string name, ValueKind<TValue> kind, Func<T, object?> get, Func<T, TValue, T> set, string about, bool required = false)
    {
        _keys.Add(new(name, about, required)
        {
            Label = kind.Label,
            Read = (record, node, path, problems) => kind.TryRead(node, path, problems, out var value) ? set(record, value) : null,
            Write = record => get(record) is TValue value ? kind.Write(value) : null,
            Schema = kind.Schema,
            Children = kind is ISection { HasKeys: true } section ? section : null,
        });
        return this;
    }

    /// <summary>Declares a rule between keys.</summary>
    /// <param name="rule">Returns what is wrong, or null.</param>
    public Section<T> Check(Func<T, SectionProblem?> rule)
    {
        _checks.Add(rule);
        return this;
    }

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out T value)
    {
        value = defaults;
        if (node is not MapNode map)
        {
            problems.Add(node, $"{Name(path)} must be a mapping of keys to values");
            return false;
        }
        var before = problems.List.Count;
        foreach (var entry in map.Entries)
        {
            var full = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
            if (_keys.Find(candidate => candidate.Name == entry.Key) is not { } key)
                problems.Add(entry.Source, entry.Line, $"unknown key '{full}': {Nearest.Suggestion(entry.Key, [.. _keys.Select(candidate => candidate.Name)])}");
            else if (entry.Value is not ScalarNode { Text: null } && key.Read(value, entry.Value, full, problems) is { } changed)
                value = changed;
        }
        foreach (var key in _keys.Where(key => key.Required && map.Find(key.Name) is (null or ScalarNode { Text: null })))
            problems.Add(node, $"{Name(path)} needs '{key.Name}' ({key.About})");
        if (problems.List.Count > before)
            return false;
        foreach (var check in _checks)
        {
            if (check(value) is not { } wrong)
                continue;
            var at = map.Entries.FirstOrDefault(entry => entry.Key == wrong.Key);
            problems.Add(at?.Source ?? map.Source, at?.Line ?? map.Line, path.Length == 0 ? wrong.Message : $"{path}: {wrong.Message}");
        }
        return problems.List.Count == before;
    }

    /// <inheritdoc/>
    public override JsonNode Write(T value)
    {
        var json = new JsonObject();
        foreach (var key in _keys)
            json[key.Name] = key.Write(value);
        return json;
    }

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in _keys)
        {
            // Null keeps the default, so an editor must let it pass.
            var schema = key.Schema();
            var property = key.Required ? schema : new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            property["description"] = key.About;
            if (key.Write(defaults) is JsonValue value)
                property["default"] = value;
            properties[key.Name] = property;
        }
        var json = new JsonObject { ["type"] = "object", ["description"] = summary, ["additionalProperties"] = false, ["properties"] = properties };
        var required = _keys.Where(key => key.Required).Select(key => (JsonNode)key.Name).ToArray();
        if (required.Length > 0)
            json["required"] = new JsonArray(required);
        return json;
    }

    /// <summary>One row per key with its dotted name, kind, default and meaning, sections within sections included.</summary>
    public IEnumerable<KeyDocumentation> Document(string path = "") => _keys.SelectMany(key =>
    {
        var full = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
        return key.Children is { } section ? section.Document(full) : [new(full, key.Label, key.Write(defaults)?.ToJsonString() ?? "", key.About)];
    });

    private static string Name(string path) => path.Length == 0 ? "the file" : path;
}
