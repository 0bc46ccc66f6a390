using YamlDotNet.RepresentationModel;

namespace Sequencer.Core.Night;

/// <summary>Turns the YAML nodes of a state table into states and transitions, and what is wrong into errors with a line.</summary>
internal sealed class StateTableReader(string source)
{
    public InvalidConfigException Error(YamlNode? node, string what) =>
        new(node is null ? $"State table {source}: {what}." : $"State table {source}, line {node.Start.Line}: {what}.");

    public Dictionary<string, YamlNode> Map(YamlNode node, string what, string[]? known)
    {
        if (node is not YamlMappingNode map) throw Error(node, $"{what} must be a map");
        var entries = new Dictionary<string, YamlNode>();
        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? throw Error(key, $"a key of {what} must be a plain word");
            if (known is not null && !known.Contains(name)) throw Error(key, $"{what} has no key \"{name}\"; it has {string.Join(", ", known)}");
            if (!entries.TryAdd(name, value)) throw Error(key, $"{what} has \"{name}\" twice");
        }
        return entries;
    }

    public string? Text(Dictionary<string, YamlNode> map, string key)
    {
        if (!map.TryGetValue(key, out var node)) return null;
        return node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw Error(node, $"\"{key}\" must be a word");
    }

    public Dictionary<string, StateDefinition> States(Dictionary<string, YamlNode> top)
    {
        if (!top.TryGetValue("states", out var node)) throw Error(null, "it lacks the section \"states\"");
        var states = new Dictionary<string, StateDefinition>();
        foreach (var (name, body) in Map(node, "the section \"states\"", null))
        {
            var bare = body is YamlScalarNode { Value: null or "" or "~" or "null" };
            var keys = bare ? [] : Map(body, $"state \"{name}\"", ["tags", "horizon"]);
            states.Add(name, new StateDefinition(name, Words(keys, "tags"), Text(keys, "horizon") ?? StateTable.DefaultHorizon));
        }
        return states.Count > 0 ? states : throw Error(node, "the section \"states\" is empty");
    }

    public List<Transition> Transitions(Dictionary<string, YamlNode> top, Dictionary<string, StateDefinition> states)
    {
        if (!top.TryGetValue("transitions", out var node)) throw Error(null, "it lacks the section \"transitions\"");
        if (node is not YamlSequenceNode rows) throw Error(node, "the section \"transitions\" must be a list");
        return [.. rows.Select(row => Row(row, states))];
    }

    private Transition Row(YamlNode row, Dictionary<string, StateDefinition> states)
    {
        var keys = Map(row, "a transition", ["source", "dest", "trigger", "conditions"]);
        var trigger = Text(keys, "trigger") ?? throw Error(row, "a transition lacks its \"trigger\"");
        var dest = Text(keys, "dest") ?? throw Error(row, $"the transition \"{trigger}\" lacks its \"dest\"");
        var sources = Words(keys, "source");
        if (sources.Count == 0) throw Error(row, $"the transition \"{trigger}\" lacks its \"source\"");
        foreach (var state in sources.Append(dest))
        {
            if (!states.ContainsKey(state)) throw Error(row, $"the transition \"{trigger}\" names a state \"{state}\" that is not in \"states\"");
        }
        var conditions = Words(keys, "conditions");
        foreach (var condition in conditions)
        {
            if (!Condition.All.Contains(condition))
                throw Error(row, $"the transition \"{trigger}\" has an unknown condition \"{condition}\"; there are {string.Join(", ", Condition.All)}");
        }
        return new Transition(trigger, sources, dest, [Condition.CheckSafety, .. conditions.Where(condition => condition != Condition.CheckSafety)]);
    }

    private List<string> Words(Dictionary<string, YamlNode> map, string key)
    {
        if (!map.TryGetValue(key, out var node)) return [];
        return node switch
        {
            YamlScalarNode { Value: { Length: > 0 } one } => [one],
            YamlSequenceNode list => [.. list.Select(item => (item as YamlScalarNode)?.Value ?? throw Error(item, $"\"{key}\" must be words"))],
            _ => throw Error(node, $"\"{key}\" must be a word or a list of words"),
        };
    }
}
