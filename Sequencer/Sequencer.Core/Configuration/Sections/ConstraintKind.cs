using System.Text.Json.Nodes;
using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>A scheduling rule by name with options that are checked when the rule is built, because their defaults depend on the site.</summary>
internal sealed class ConstraintKind : ValueKind<ConstraintOptions>
{
    private static readonly Section<ConstraintOptions> Section = new Section<ConstraintOptions>("One scheduling rule.", new() { Name = "" })
        .Key("name", Kinds.Word, o => o.Name, (o, v) => o with { Name = v }, "Altitude, Duration, MoonAvoidance, AlreadyVisited, TimeWindow or SunAvoidance.", required: true)
        .Key("options", new OptionsKind(), o => o.Options, (o, v) => o with { Options = v }, "Options of the rule.");

    public override string Label => "rule";

    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out ConstraintOptions value)
    {
        if (!Section.TryRead(node, path, problems, out value))
            return false;
        value = value with { Source = node.Source, Line = node.Line };
        return true;
    }

    public override JsonNode Write(ConstraintOptions value) => Section.Write(value);

    public override JsonObject Schema() => Section.Schema();

    private sealed class OptionsKind : ValueKind<ConfigurationNode>
    {
        public override string Label => "mapping";

        public override bool TryRead(ConfigurationNode node, string path, Problems problems, out ConfigurationNode value)
        {
            value = node;
            if (node is MapNode)
                return true;
            problems.Add(node, $"{path} must be a mapping");
            return false;
        }

        public override JsonNode? Write(ConfigurationNode value) => value switch
        {
            MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Write(entry.Value)))),
            ListNode list => new JsonArray([.. list.Items.Select(Write)]),
            ScalarNode { Text: { } text } => JsonValue.Create(text),
            _ => null,
        };

        public override JsonObject Schema() => new() { ["type"] = "object" };
    }
}
