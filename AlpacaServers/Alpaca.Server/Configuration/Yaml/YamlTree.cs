using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>Changes to what a file says, apart from how it is written: what a change of the text is compared with.</summary>
internal static class YamlTree
{
    /// <summary>The tree with a value at a place; groups on the way are made.</summary>
    public static OptionNode With(OptionNode node, IReadOnlyList<object> steps, OptionNode value, int from = 0)
    {
        if (from == steps.Count)
            return value;
        if (steps[from] is int place)
        {
            return OptionNode.List((node.Items ?? []).Select((item, i) => i == place ? With(item, steps, value, from + 1) : item));
        }

        var key = (string)steps[from];
        var changed = KeyValuePair.Create(key, With(node.Find(key) ?? OptionNode.Unset(), steps, value, from + 1));
        var entries = node.Entries ?? [];
        return OptionNode.Mapping(node.Find(key) is null ? [.. entries, changed] : entries.Select(e => e.Key == key ? changed : e));
    }

    /// <summary>The tree without what is at a place; a group that loses its last key says nothing any more.</summary>
    public static OptionNode Without(OptionNode node, IReadOnlyList<object> steps, int from = 0)
    {
        var isLast = from == steps.Count - 1;
        if (steps[from] is int place)
            return OptionNode.List(node.Items!.Where((_, i) => !isLast || i != place).Select((item, i) => !isLast && i == place ? Without(item, steps, from + 1) : item));
        var key = (string)steps[from];
        return OptionNode.Mapping(node.Entries!.Where(e => !isLast || e.Key != key).Select(e => !isLast && e.Key == key ? KeyValuePair.Create(key, Without(e.Value, steps, from + 1)) : e));
    }

    /// <summary>Whether two trees say the same. A group without keys says as much as none.</summary>
    public static bool AreEqual(OptionNode a, OptionNode b)
    {
        if (a.Items is { } items)
            return b.Items is { } others && items.Count == others.Count && items.Zip(others).All(pair => AreEqual(pair.First, pair.Second));
        if (IsEmpty(a) || IsEmpty(b))
            return IsEmpty(a) && IsEmpty(b);
        if (a.Entries is { } entries)
        {
            return b.Entries is { } others && entries.Count == others.Count
                && entries.Zip(others).All(pair => pair.First.Key == pair.Second.Key && AreEqual(pair.First.Value, pair.Second.Value));
        }

        return a.Text == b.Text && b.Items is null && b.Entries is null;
    }

    private static bool IsEmpty(OptionNode node) => node.IsUnset || node.Entries is { Count: 0 };
}
