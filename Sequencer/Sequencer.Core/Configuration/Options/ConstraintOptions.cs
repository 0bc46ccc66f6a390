namespace Sequencer.Core.Configuration;

/// <summary>One scheduling rule by name, with its options as they were written.</summary>
public sealed record ConstraintOptions
{
    /// <summary>Altitude, Duration, MoonAvoidance, AlreadyVisited, TimeWindow or SunAvoidance; a dotted name counts by its last part.</summary>
    public required string Name { get; init; }

    /// <summary>The options, checked when the rule is built.</summary>
    public ConfigurationNode? Options { get; init; }

    /// <summary>The file it was written in, for messages.</summary>
    public string Source { get; init; } = "configuration";

    /// <summary>Its line, for messages.</summary>
    public int Line { get; init; }
}
