namespace Alpaca.Devices.Options;

/// <summary>A value as it was written, before anybody knows what it should be: a text, a list, a mapping of keys, or nothing. It comes from a file or a form.</summary>
public sealed class OptionNode
{
    private OptionNode(long line) => Line = line;

    /// <summary>The line in the file, from 1; 0 if it comes from elsewhere.</summary>
    public long Line { get; }

    /// <summary>The text, if it is one.</summary>
    public string? Text { get; private init; }

    /// <summary>The list, if it is one.</summary>
    public IReadOnlyList<OptionNode>? Items { get; private init; }

    /// <summary>The keys and values, if it is a mapping, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, OptionNode>>? Entries { get; private init; }

    /// <summary>True if nothing was written: the default counts.</summary>
    public bool IsUnset => Text is null && Items is null && Entries is null;

    /// <summary>Nothing.</summary>
    public static OptionNode Unset(long line = 0) => new(line);

    /// <summary>A text.</summary>
    public static OptionNode Scalar(string text, long line = 0) => new(line) { Text = text };

    /// <summary>A list.</summary>
    public static OptionNode List(IEnumerable<OptionNode> items, long line = 0) => new(line) { Items = [.. items] };

    /// <summary>A mapping.</summary>
    public static OptionNode Mapping(IEnumerable<KeyValuePair<string, OptionNode>> entries, long line = 0) => new(line) { Entries = [.. entries] };

    /// <summary>The value under a key, or null.</summary>
    public OptionNode? Find(string key)
    {
        foreach (var entry in Entries ?? [])
        {
            if (entry.Key == key)
                return entry.Value;
        }

        return null;
    }
}
