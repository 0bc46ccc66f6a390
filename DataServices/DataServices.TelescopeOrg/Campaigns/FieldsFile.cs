using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DataServices.TelescopeOrg;

/// <summary>Reads the sequencer's fields file: a YAML list of <c>{field: {name, position}, observation: {priority, exptime, filter_name}}</c>.</summary>
public static partial class FieldsFile
{
    /// <summary>The targets, highest priority first. An entry that is wrong is left out and told in <c>Problems</c>; of equal names the last counts.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">It is not a YAML list.</exception>
    public static (IReadOnlyList<CampaignTarget> Targets, IReadOnlyList<string> Problems) Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such fields file.");
        var targets = new Dictionary<string, CampaignTarget>();
        var problems = new List<string>();
        foreach (var node in Entries(path))
        {
            try
            {
                var target = Target(node);
                targets[target.Name] = target;
            }
            catch (FormatException e)
            {
                problems.Add($"{path}, line {node.Start.Line}: {e.Message} The entry is left out.");
            }
        }

        return ([.. targets.Values.OrderByDescending(target => target.Priority)], problems);
    }

    /// <summary>Reads "05h35m17.3s -05d23m28s", "83.82deg -5.39deg", mixtures of both, and "05:35:17.3 -05:23:28".</summary>
    public static SkyPosition? ParsePosition(string text)
    {
        var match = Position().Match(text);
        if (!match.Success)
            return null;
        double? Angle(string prefix)
        {
            double Part(string name) => match.Groups[prefix + name] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
            if (match.Groups[prefix + "deg"].Success)
                return Part("deg");
            return Part("min") < 60 && Part("sec") < 60 ? Part("whole") + Part("min") / 60 + Part("sec") / 3600 : null;
        }

        var ra = match.Groups["radeg"].Success ? Angle("ra") / 15 : Angle("ra");
        var dec = match.Groups["sign"].Value == "-" ? -Angle("dec") : Angle("dec");
        return ra is >= 0 and < 24 && dec is >= -90 and <= 90 ? new SkyPosition(ra.Value, dec.Value) : null;
    }

    private static IEnumerable<YamlNode> Entries(string path)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw new FormatException($"{path}, line {e.Start.Line}: is no YAML: {e.Message}", e);
        }

        if (yaml.Documents.Count == 0)
            return [];
        return yaml.Documents[0].RootNode is YamlSequenceNode list
            ? list.Children
            : throw new FormatException($"{path}: is not a list of fields: each begins with \"- field: {{name: ..., position: ...}}\".");
    }

    private static CampaignTarget Target(YamlNode node)
    {
        var field = Child(node, "field") ?? throw new FormatException("There is no \"field\".");
        var name = Text(field, "name") is { Length: > 0 } given ? given : throw new FormatException("The field has no \"name\".");
        var position = Text(field, "position") ?? throw new FormatException($"The field {name} has no \"position\".");
        if (Text(field, "equinox") is not (null or "J2000" or "null" or ""))
            throw new FormatException($"The equinox of {name} is {Text(field, "equinox")}: the site takes J2000.");
        var observation = Child(node, "observation");
        var priority = Text(observation, "priority") is { } text ? Number(text, "priority") : 100;
        if (priority <= 0)
            throw new FormatException($"The priority of {name} is {priority}: it is more than 0.");
        return new(
            name,
            ParsePosition(position) ?? throw new FormatException($"The position \"{position}\" of {name} is not understood: write for example \"05h35m17.3s -05d23m28s\"."),
            priority,
            Exposures(observation, name),
            Text(observation, "filter_name") is { Length: > 0 } filter and not "null" ? filter : null);
    }

    private static List<TimeSpan> Exposures(YamlNode? observation, string name)
    {
        List<string?> texts = Child(observation, "exptime") switch
        {
            YamlSequenceNode list => [.. list.Children.Select(item => (item as YamlScalarNode)?.Value)],
            YamlScalarNode { Value: { Length: > 0 } one } => [one],
            _ => [],
        };
        return [.. texts.Select(text =>
        {
            var seconds = Seconds(text ?? "");
            return seconds > 0 ? TimeSpan.FromSeconds(seconds) : throw new FormatException($"The exposure time {text} of {name} is not more than 0 s.");
        })];
    }

    // Seconds, "45 s", or a fraction as "1/4".
    private static double Seconds(string text)
    {
        var parts = text.Trim().TrimEnd('s', 'e', 'c', ' ').Split('/');
        return parts.Length == 2 ? Number(parts[0], "exptime") / Number(parts[1], "exptime") : Number(parts[0], "exptime");
    }

    private static double Number(string text, string what) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"\"{text}\" is no number for \"{what}\".");

    private static YamlNode? Child(YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    private static string? Text(YamlNode? node, string name) => (Child(node, name) as YamlScalarNode)?.Value?.Trim();

    [GeneratedRegex(
        @"^\s*(?:(?<radeg>\d+(?:\.\d*)?)\s*deg|(?<rawhole>\d+)\s*[h:]\s*(?<ramin>\d+)\s*[m:]\s*(?<rasec>\d+(?:\.\d*)?)\s*s?)"
        + @"[\s,]+(?<sign>[+-]?)(?:(?<decdeg>\d+(?:\.\d*)?)\s*deg|(?<decwhole>\d+)\s*[d:]\s*(?<decmin>\d+)\s*[m:]\s*(?<decsec>\d+(?:\.\d*)?)\s*s?)\s*$")]
    private static partial Regex Position();
}
