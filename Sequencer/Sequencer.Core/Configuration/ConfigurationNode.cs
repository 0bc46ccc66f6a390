namespace Sequencer.Core.Configuration;

/// <summary>A value of a YAML file that remembers where it was written, so that an error can name the line.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">Line, from 1.</param>
public abstract record ConfigurationNode(string Source, int Line);

/// <summary>A single value.</summary>
/// <param name="Text">The text; null for a YAML null.</param>
/// <param name="Quoted">True when it stood in quotes, so that <c>"1"</c> is not a number by intent.</param>
public sealed record ScalarNode(string Source, int Line, string? Text, bool Quoted) : ConfigurationNode(Source, Line);

/// <summary>A list.</summary>
public sealed record ListNode(string Source, int Line, IReadOnlyList<ConfigurationNode> Items) : ConfigurationNode(Source, Line);

/// <summary>A mapping, in the order it was written.</summary>
public sealed record MapNode(string Source, int Line, IReadOnlyList<MapEntry> Entries) : ConfigurationNode(Source, Line)
{
    /// <summary>The value of a key, or null.</summary>
    public ConfigurationNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;
}

/// <summary>A key with its value.</summary>
/// <param name="Source">The file the key stands in.</param>
/// <param name="Line">Line of the key, from 1.</param>
public sealed record MapEntry(string Key, string Source, int Line, ConfigurationNode Value);
