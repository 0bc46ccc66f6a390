using Sequencer.Core.Configuration;
using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Scheduling;

/// <summary>The target list: a YAML list of <c>{field: {...}, observation: {...}}</c>. A bad entry is skipped with a warning and the rest load.</summary>
/// <param name="path">The file.</param>
/// <param name="defaultExposure">Exposure time of an entry that does not give one.</param>
/// <param name="catalogue">Makes the rules that an entry brings along.</param>
/// <param name="warn">Takes a sentence for every entry skipped, with file, line, entry and reason.</param>
public sealed class FieldsFile(string path, TimeSpan defaultExposure, ConstraintCatalogue catalogue, Action<string> warn)
{
    private readonly Section<FieldEntry> _section = FieldEntry.Section(defaultExposure);
    private readonly HashSet<string> _said = [];
    private IReadOnlyList<Observation>? _last;

    /// <summary>
    /// Reads the file. Of entries with the same name the last counts. When a later reading fails as a whole (somebody is just writing it), the list before stays in force,
    /// with a warning.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ConfigurationException">It is not a YAML list.</exception>
    public IReadOnlyList<Observation> Read()
    {
        try
        {
            var list = Parse(YamlFile.Read(path));
            _last = list;
            return list;
        }
        catch (Exception error) when (_last is not null && error is ConfigurationException or IOException)
        {
            Say($"{path}: the target list cannot be read now, the one before stays in force: {error.Message}");
            return _last!;
        }
    }

    /// <summary>JSON schema of the file, for editors.</summary>
    public static System.Text.Json.Nodes.JsonObject Schema()
    {
        var schema = new ListKind<FieldEntry>(FieldEntry.Section(TimeSpan.FromSeconds(120))).Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Target list");
        return schema;
    }

    private List<Observation> Parse(ConfigurationNode root)
    {
        if (root is MapNode { Entries.Count: 0 })
            return [];
        if (root is not ListNode list)
            throw new ConfigurationException([new(path, root.Line, "a target list is a YAML list of {field: {...}, observation: {...}}")]);
        var observations = new List<Observation>();
        foreach (var node in list.Items)
        {
            if (Observe(node) is not { } observation)
                continue;
            if (observations.RemoveAll(other => other.Name == observation.Name) > 0)
                Say($"{path}:{node.Line}: '{observation.Name}' stands in the list twice; this later entry counts");
            observations.Add(observation);
        }
        return observations;
    }

    private Observation? Observe(ConfigurationNode node)
    {
        var problems = new Problems();
        try
        {
            if (_section.TryRead(node, "", problems, out var entry))
                return entry.ToObservation(catalogue, Say);
        }
        catch (InvalidObservationException error)
        {
            problems.Add(node, error.Message);
        }
        catch (ConfigurationException error)
        {
            foreach (var problem in error.Problems)
                problems.Add(problem.Source, problem.Line, problem.Message);
        }
        foreach (var problem in problems.List)
            Say($"{problem.Source}:{problem.Line}: entry '{Title(node)}' is skipped: {problem.Message}");
        return null;
    }

    /// <summary>Warns once for each fault, not at each of the many readings in a night.</summary>
    private void Say(string warning)
    {
        if (_said.Add(warning))
            warn(warning);
    }

    private static string Title(ConfigurationNode node) =>
        node is MapNode map && map.Find("field") is MapNode field && field.Find("name") is ScalarNode { Text: { } name } ? name : "without a name";
}
