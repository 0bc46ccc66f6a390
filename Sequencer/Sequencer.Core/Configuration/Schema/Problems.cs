namespace Sequencer.Core.Configuration.Schema;

/// <summary>What is wrong with a file, collected so that one start shows every mistake.</summary>
public sealed class Problems
{
    private readonly List<ConfigurationProblem> _list = [];

    /// <summary>All of them, in the order found.</summary>
    public IReadOnlyList<ConfigurationProblem> List => _list;

    /// <summary>Notes a problem at a node.</summary>
    public void Add(ConfigurationNode node, string message) => _list.Add(new(node.Source, node.Line, message));

    /// <summary>Notes a problem at a line.</summary>
    public void Add(string source, int line, string message) => _list.Add(new(source, line, message));
}
