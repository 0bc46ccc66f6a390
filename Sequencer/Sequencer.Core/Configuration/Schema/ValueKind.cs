using System.Text.Json.Nodes;

namespace Sequencer.Core.Configuration.Schema;

/// <summary>One kind of value: how it is read and checked, how it is written, and what an editor is told of it.</summary>
/// <typeparam name="T">The type it has in code.</typeparam>
public abstract class ValueKind<T>
{
    /// <summary>Reads a value that is not null.</summary>
    /// <param name="node">As it was written.</param>
    /// <param name="path">Its dotted name, for messages.</param>
    /// <param name="problems">Takes what is wrong; at least one entry when the answer is false.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when it cannot be used.</returns>
    public abstract bool TryRead(ConfigurationNode node, string path, Problems problems, out T value);

    /// <summary>The value in the form that could be read again.</summary>
    public abstract JsonNode? Write(T value);

    /// <summary>JSON schema of what is accepted.</summary>
    public abstract JsonObject Schema();

    /// <summary>The kind in a word or two, for the documentation.</summary>
    public abstract string Label { get; }

    /// <summary>The plain text of a scalar; notes a problem for anything else.</summary>
    protected bool TryText(ConfigurationNode node, string path, Problems problems, out string text)
    {
        if (node is ScalarNode { Text: { } found })
        {
            text = found;
            return true;
        }
        problems.Add(node, $"{path} must be {Label}, not {(node is ListNode ? "a list" : node is MapNode ? "a mapping" : "empty")}");
        text = "";
        return false;
    }
}
