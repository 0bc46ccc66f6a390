using Alpaca.Devices.Options;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Alpaca.Server;

/// <summary>YAML as options are read from.</summary>
internal static class YamlNodes
{
    /// <summary>The mapping that a file holds; an empty one if the file has nothing in it.</summary>
    /// <exception cref="ConfigurationException">It is not YAML, or not a mapping. The message has no file name.</exception>
    public static YamlMappingNode Parse(string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count > 1)
                throw new ConfigurationException("the file has several documents (---). Keep one.");
            return yaml.Documents.Count == 0 || IsEmpty(yaml.Documents[0].RootNode) ? new YamlMappingNode()
                : yaml.Documents[0].RootNode as YamlMappingNode ?? throw new ConfigurationException("line 1: the file must be a mapping of keys to values, such as \"server:\".");
        }
        catch (YamlException e)
        {
            throw new ConfigurationException(FormattableString.Invariant($"line {e.Start.Line}: not valid YAML: {e.Message}"), e);
        }
    }

    /// <summary>A node and all below it, with their lines.</summary>
    /// <param name="node">The node.</param>
    /// <param name="line">The line to name for it; of a value, that of its key.</param>
    public static OptionNode ToOption(YamlNode node, long? line = null)
    {
        var at = line ?? node.Start.Line;
        return node switch
        {
            YamlScalarNode when IsEmpty(node) => OptionNode.Unset(at),
            YamlScalarNode scalar => OptionNode.Scalar(scalar.Value ?? "", at),
            YamlSequenceNode list => OptionNode.List(list.Children.Select(item => ToOption(item)), at),
            YamlMappingNode mapping => OptionNode.Mapping(
                mapping.Children.Select(entry => KeyValuePair.Create(KeyOf(entry.Key), ToOption(entry.Value, entry.Key.Start.Line))), at),
            _ => throw new ConfigurationException(FormattableString.Invariant($"line {at}: a {node.NodeType} makes no sense here.")),
        };
    }

    private static string KeyOf(YamlNode key) =>
        (key as YamlScalarNode)?.Value ?? throw new ConfigurationException(FormattableString.Invariant($"line {key.Start.Line}: a key must be a word."));

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" };
}
