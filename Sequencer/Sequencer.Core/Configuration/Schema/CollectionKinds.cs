using System.Text.Json.Nodes;

namespace Sequencer.Core.Configuration.Schema;

/// <summary>A list of equal things.</summary>
/// <typeparam name="T">One of them.</typeparam>
/// <param name="item">What they are.</param>
/// <param name="orOne">A single value counts as a list of one.</param>
public sealed class ListKind<T>(ValueKind<T> item, bool orOne = false) : ValueKind<IReadOnlyList<T>>, ISection
{
    /// <inheritdoc/>
    public override string Label => $"list of {item.Label}";

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out IReadOnlyList<T> value)
    {
        value = [];
        if (orOne && node is not ListNode)
        {
            if (!item.TryRead(node, path, problems, out var single))
                return false;
            value = [single];
            return true;
        }
        if (node is not ListNode list)
        {
            problems.Add(node, $"{path} must be a list");
            return false;
        }
        var items = new List<T>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is ScalarNode { Text: null })
                problems.Add(list.Items[i], $"{path}[{i}] is empty");
            else if (item.TryRead(list.Items[i], $"{path}[{i}]", problems, out var read))
                items.Add(read);
        }
        value = items;
        return items.Count == list.Items.Count;
    }

    /// <inheritdoc/>
    public override JsonNode Write(IReadOnlyList<T> value) => new JsonArray([.. value.Select(item.Write)]);

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        return orOne ? new() { ["anyOf"] = new JsonArray(item.Schema(), list) } : list;
    }

    /// <inheritdoc/>
    bool ISection.HasKeys => item is ISection { HasKeys: true };

    /// <inheritdoc/>
    IEnumerable<KeyDocumentation> ISection.Document(string path) => item is ISection section ? section.Document(path + "[]") : [];
}

/// <summary>A mapping whose keys the user chooses.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="item">What the values are.</param>
public sealed class MapKind<T>(ValueKind<T> item) : ValueKind<IReadOnlyDictionary<string, T>>
{
    /// <inheritdoc/>
    public override string Label => $"mapping to {item.Label}";

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out IReadOnlyDictionary<string, T> value)
    {
        var read = new Dictionary<string, T>();
        value = read;
        if (node is not MapNode map)
        {
            problems.Add(node, $"{path} must be a mapping");
            return false;
        }
        foreach (var entry in map.Entries)
        {
            if (item.TryRead(entry.Value, $"{path}.{entry.Key}", problems, out var one))
                read[entry.Key] = one;
        }
        return read.Count == map.Entries.Count;
    }

    /// <inheritdoc/>
    public override JsonNode Write(IReadOnlyDictionary<string, T> value)
    {
        var json = new JsonObject();
        foreach (var (key, one) in value)
            json[key] = item.Write(one);
        return json;
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "object", ["additionalProperties"] = item.Schema() };
}
