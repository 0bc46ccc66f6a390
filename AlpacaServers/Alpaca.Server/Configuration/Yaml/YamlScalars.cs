using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Alpaca.Server;

/// <summary>How a text is written into YAML.</summary>
internal static class YamlScalars
{
    /// <summary>Plain if every reader then sees the same text, else quoted; in the quotes it had before, if it had some.</summary>
    /// <param name="text">One line.</param>
    /// <param name="inFlow">Within braces or brackets, where commas and brackets mean something.</param>
    /// <param name="before">How the value was written that this one takes the place of.</param>
    public static string Write(string text, bool inFlow, ScalarStyle before = ScalarStyle.Plain) => before switch
    {
        ScalarStyle.SingleQuoted when !text.Any(char.IsControl) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        ScalarStyle.DoubleQuoted => Quoted(text),
        _ => IsPlain(text, inFlow) ? text : Quoted(text),
    };

    private static bool IsPlain(string text, bool inFlow)
    {
        if (text.Length == 0 || text.Any(char.IsControl))
            return false;
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(inFlow ? $"{{k: {text}, l: m}}" : $"k: {text} # end"));
            return yaml.Documents is [{ RootNode: YamlMappingNode { Children: { } entries } }]
                && entries.Count == (inFlow ? 2 : 1)
                && entries[0].Value is YamlScalarNode { Style: ScalarStyle.Plain } scalar
                && scalar.Value == text
                && !YamlNodes.ToOption(scalar).IsUnset
                && scalar.Tag.IsEmpty && scalar.Anchor.IsEmpty;
        }
        catch (YamlException)
        {
            return false;
        }
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(character) => FormattableString.Invariant($"\\x{(int)character:x2}"),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
