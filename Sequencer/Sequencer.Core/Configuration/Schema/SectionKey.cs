using System.Text.Json.Nodes;

namespace Sequencer.Core.Configuration.Schema;

/// <summary>One key of a section.</summary>
/// <typeparam name="T">The section's record.</typeparam>
/// <param name="Name">As it is written in the file.</param>
/// <param name="About">What it means.</param>
/// <param name="Required">True when there is no default.</param>
internal sealed record SectionKey<T>(string Name, string About, bool Required)
    where T : class
{
    /// <summary>The kind of value in a word or two.</summary>
    public required string Label { get; init; }

    public required Func<T, ConfigurationNode, string, Problems, T?> Read { get; init; }

    public required Func<T, JsonNode?> Write { get; init; }

    public required Func<JsonObject> Schema { get; init; }

    public required ISection? Children { get; init; }
}
