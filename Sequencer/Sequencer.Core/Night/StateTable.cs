using YamlDotNet.RepresentationModel;

namespace Sequencer.Core.Night;

/// <summary>The states of a night and the legal ways between them, as data. Read from YAML; strict: what cannot be meant is an error that names its line.</summary>
public sealed class StateTable
{
    /// <summary>The tag of states that may be entered whatever the weather, light and power.</summary>
    public const string AlwaysSafe = "always_safe";

    /// <summary>Darkness needed by a state that names none.</summary>
    public const string DefaultHorizon = "observe";

    private StateTable(string name, string? location, string initial, IReadOnlyDictionary<string, StateDefinition> states, IReadOnlyList<Transition> transitions)
    {
        Name = name;
        Location = location;
        Initial = initial;
        States = states;
        Transitions = transitions;
    }

    /// <summary>The table's name, under which state handlers are looked up.</summary>
    public string Name { get; }

    /// <summary>Where else to look for handlers; null for the shipped ones.</summary>
    public string? Location { get; }

    /// <summary>The state a machine begins in.</summary>
    public string Initial { get; }

    /// <summary>All states by name.</summary>
    public IReadOnlyDictionary<string, StateDefinition> States { get; }

    /// <summary>All transitions, in the table's order: the first that fits wins.</summary>
    public IReadOnlyList<Transition> Transitions { get; }

    /// <summary>The names of the tables that come with the program.</summary>
    public static IReadOnlyList<string> Shipped { get; } = ["classic", "compact"];

    /// <summary>Whether the table has this state.</summary>
    public bool Has(string state) => States.ContainsKey(state);

    /// <summary>Whether the state may be entered without any safety check; false for a name the table lacks.</summary>
    public bool IsAlwaysSafe(string? state) => state is not null && States.TryGetValue(state, out var found) && found.IsAlwaysSafe;

    /// <summary>The darkness a state needs; <see cref="DefaultHorizon"/> for a name the table lacks.</summary>
    public string HorizonOf(string? state) =>
        state is not null && States.TryGetValue(state, out var found) ? found.Horizon : DefaultHorizon;

    /// <summary>The first transition from one state to another, or null.</summary>
    public Transition? Find(string source, string dest) =>
        Transitions.FirstOrDefault(transition => transition.Dest == dest && transition.Sources.Contains(source));

    /// <summary>The first transition that a trigger fires from a state, or null.</summary>
    public Transition? FindTrigger(string source, string trigger) =>
        Transitions.FirstOrDefault(transition => transition.Trigger == trigger && transition.Sources.Contains(source));

    /// <summary>
    /// Loads a table: an absolute path as it is, else <c>conf_files/state_table/NAME.yaml</c> under <paramref name="baseDirectory"/>, else the shipped one.
    /// </summary>
    /// <exception cref="InvalidConfigException">There is no such table, or it is wrong.</exception>
    public static StateTable Load(string nameOrPath, string? baseDirectory = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (nameOrPath.StartsWith('/')) return Parse(ReadFile(nameOrPath), nameOrPath);
        if (baseDirectory is not null)
        {
            var path = Path.Combine(baseDirectory, "conf_files", "state_table", nameOrPath + ".yaml");
            if (File.Exists(path)) return Parse(ReadFile(path), path);
        }
        using var shipped = typeof(StateTable).Assembly.GetManifestResourceStream($"state_table/{nameOrPath}.yaml") ??
            throw new InvalidConfigException(
                $"There is no state table \"{nameOrPath}\". Shipped are {string.Join(", ", Shipped)}; your own goes to conf_files/state_table/{nameOrPath}.yaml, or give an absolute path.");
        using var reader = new StreamReader(shipped);
        return Parse(reader.ReadToEnd(), nameOrPath);
    }

    /// <summary>Reads a table from YAML text; <paramref name="source"/> names it in errors.</summary>
    /// <exception cref="InvalidConfigException">The text is no table.</exception>
    public static StateTable Parse(string yaml, string source)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var reader = new StateTableReader(source);
        YamlNode root;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            root = stream.Documents.Count > 0 ? stream.Documents[0].RootNode : throw reader.Error(null, "it is empty");
        }
        catch (YamlDotNet.Core.YamlException error)
        {
            throw new InvalidConfigException($"State table {source}, line {error.Start.Line}: {error.Message}", error);
        }
        var top = reader.Map(root, "the table", ["name", "location", "initial", "states", "transitions"]);
        var states = reader.States(top);
        var transitions = reader.Transitions(top, states);
        var initial = reader.Text(top, "initial") ?? throw reader.Error(root, "it lacks \"initial\", the state to begin in");
        if (!states.ContainsKey(initial)) throw reader.Error(root, $"its initial state \"{initial}\" is not among its states");
        return new StateTable(reader.Text(top, "name") ?? "default", reader.Text(top, "location"), initial, states, transitions);
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigException($"Cannot read the state table {path}: {error.Message}", error);
        }
    }
}

/// <summary>A state of a table.</summary>
/// <param name="Name">Its name, which is also its handler's.</param>
/// <param name="Tags">Its tags; only <see cref="StateTable.AlwaysSafe"/> means something.</param>
/// <param name="Horizon">The darkness needed to enter: NAME of a <c>location.NAME_horizon</c>.</param>
public sealed record StateDefinition(string Name, IReadOnlyList<string> Tags, string Horizon)
{
    /// <summary>True if the state may be entered whatever the weather, light and power.</summary>
    public bool IsAlwaysSafe { get; } = Tags.Contains(StateTable.AlwaysSafe);
}

/// <summary>A legal way from some states to another.</summary>
/// <param name="Trigger">The verb that fires it.</param>
/// <param name="Sources">The states it leads from.</param>
/// <param name="Dest">The state it leads to.</param>
/// <param name="Conditions">What must hold, checked in order; always begins with <see cref="Condition.CheckSafety"/>.</param>
public sealed record Transition(string Trigger, IReadOnlyList<string> Sources, string Dest, IReadOnlyList<string> Conditions);

/// <summary>The names of the conditions a transition can carry.</summary>
public static class Condition
{
    /// <summary>The destination may be entered under the present weather, light and power. Every transition begins with it.</summary>
    public const string CheckSafety = "check_safety";

    /// <summary>The mount has been connected and set up.</summary>
    public const string MountIsInitialized = "mount_is_initialized";

    /// <summary>The mount follows the sky: it tracks, and neither slews nor is parked.</summary>
    public const string MountIsTracking = "mount_is_tracking";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [CheckSafety, MountIsInitialized, MountIsTracking];
}
