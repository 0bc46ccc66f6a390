using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sequencer.Core.Configuration;

/// <summary>Reads a YAML file into nodes that know their line.</summary>
public static class YamlFile
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 200_000;

    /// <summary>Reads a file. An empty one is an empty mapping.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ConfigurationException">It is not YAML; the message names the line.</exception>
    public static ConfigurationNode Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}", path);
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads YAML text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <exception cref="ConfigurationException">It is not YAML; the message names the line.</exception>
    public static ConfigurationNode Parse(string text, string source)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new ConfigurationException([new(source, (int)error.Start.Line, $"not valid YAML: {error.Message}")]);
        }
        if (stream.Documents.Count > 1)
            throw new ConfigurationException([new(source, (int)stream.Documents[1].RootNode.Start.Line, "a second YAML document begins here; only one is read")]);
        if (stream.Documents.Count == 0)
            return new MapNode(source, 1, []);
        var budget = MaxNodes;
        return Convert(stream.Documents[0].RootNode, source, 0, ref budget);
    }

    private static ConfigurationNode Convert(YamlNode node, string source, int depth, ref int budget)
    {
        var line = (int)node.Start.Line;
        // Aliases can nest without end and multiply without bound.
        if (depth > MaxDepth)
            throw new ConfigurationException([new(source, line, $"nested deeper than {MaxDepth} levels")]);
        if (--budget < 0)
            throw new ConfigurationException([new(source, line, $"more than {MaxNodes} values")]);
        switch (node)
        {
            case YamlSequenceNode list:
                var items = new List<ConfigurationNode>();
                foreach (var item in list.Children)
                    items.Add(Convert(item, source, depth + 1, ref budget));
                return new ListNode(source, line, items);
            case YamlMappingNode map:
                var entries = new List<MapEntry>();
                foreach (var (key, value) in map.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                        throw new ConfigurationException([new(source, (int)key.Start.Line, "a key must be a plain word")]);
                    entries.Add(new(name, source, (int)key.Start.Line, Convert(value, source, depth + 1, ref budget)));
                }
                return new MapNode(source, line, entries);
            case YamlScalarNode scalar:
                var quoted = scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any);
                return new ScalarNode(source, line, !quoted && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL" ? null : scalar.Value, quoted);
            default:
                throw new ConfigurationException([new(source, line, $"{node.NodeType} is not supported")]);
        }
    }
}
