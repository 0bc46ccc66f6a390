using Sequencer.Core.Night;

namespace Sequencer.Core.Tests.Night;

public sealed class StateTableTests
{
    private const string Minimal = "{name: own, initial: a, states: {a: , b: {tags: always_safe, horizon: flat}}, transitions: [{source: a, dest: b, trigger: go, conditions: mount_is_tracking}]}";

    [Theory]
    [InlineData("classic", 11, 17, 23)]
    [InlineData("compact", 8, 11, 14)]
    public void The_shipped_tables_have_the_states_and_edges_they_should(string name, int states, int rows, int edges)
    {
        var table = StateTable.Load(name);

        Assert.Equal(name, table.Name);
        Assert.Equal("sleeping", table.Initial);
        Assert.Equal(states, table.States.Count);
        Assert.Equal(rows, table.Transitions.Count);
        Assert.Equal(edges, table.Transitions.Sum(transition => transition.Sources.Count));
        Assert.Equal(["housekeeping", "parked", "parking", "ready", "sleeping"], table.States.Values.Where(state => state.IsAlwaysSafe).Select(state => state.Name).Order());
        Assert.All(table.States.Values, state => Assert.Equal("observe", state.Horizon));
    }

    [Fact]
    public void Every_transition_checks_safety_first_and_keeps_its_own_conditions()
    {
        var table = StateTable.Parse(Minimal, "own");
        Assert.Equal([Condition.CheckSafety, Condition.MountIsTracking], table.Transitions[0].Conditions);
        Assert.All(StateTable.Load("classic").Transitions, transition => Assert.Equal(Condition.CheckSafety, transition.Conditions[0]));
        Assert.Equal([Condition.CheckSafety], StateTable.Load("classic").FindTrigger("ready", "schedule")!.Conditions);
    }

    [Fact]
    public void A_state_without_horizon_needs_the_observing_one()
    {
        var table = StateTable.Parse(Minimal, "own");
        Assert.Equal("observe", table.HorizonOf("a"));
        Assert.Equal("flat", table.HorizonOf("b"));
    }

    [Theory]
    [InlineData("{initial: a, transitions: []}", "states")]
    [InlineData("{initial: a, states: {a: }}", "transitions")]
    [InlineData("{initial: c, states: {a: }, transitions: []}", "initial state \"c\"")]
    [InlineData("{initial: a, states: {a: }, transitions: [{source: a, dest: z, trigger: go}]}", "\"z\"")]
    [InlineData("{initial: a, states: {a: }, transitions: [{source: a, dest: a, trigger: go, conditions: moon_is_blue}]}", "moon_is_blue")]
    [InlineData("{initial: a, states: {a: {tag: x}}, transitions: []}", "\"tag\"")]
    [InlineData("{initial: a, states: {a: }, transitions: [{dest: a, trigger: go}]}", "source")]
    [InlineData("", "empty")]
    [InlineData("{initial: [", "line")]
    public void A_wrong_table_is_refused_by_name(string yaml, string named)
    {
        var error = Assert.Throws<InvalidConfigException>(() => StateTable.Parse(yaml, "own.yaml"));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("own.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_table_is_refused_with_what_there_is()
    {
        Assert.Contains("classic", Assert.Throws<InvalidConfigException>(() => StateTable.Load("nocturnal")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidConfigException>(() => StateTable.Load("/nowhere/table.yaml"));
    }

    [Fact]
    public void A_copy_of_a_table_is_loaded_by_its_absolute_path()
    {
        var folder = Directory.CreateTempSubdirectory("table-").FullName;
        var path = Path.Combine(folder, "mine.yaml");
        File.WriteAllText(path, Minimal);
        Assert.Equal("own", StateTable.Load(path).Name);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_state_without_handler_is_refused()
    {
        using var unit = new TestUnit();
        unit.Handlers.Remove("analyzing");
        Assert.Contains("analyzing", Assert.Throws<InvalidConfigException>(() => unit.Machine).Message, StringComparison.Ordinal);
    }
}
