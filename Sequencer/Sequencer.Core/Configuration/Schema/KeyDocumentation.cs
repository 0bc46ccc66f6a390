namespace Sequencer.Core.Configuration.Schema;

/// <summary>What people are told of one key.</summary>
/// <param name="Key">Dotted name.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Default">Default as JSON; empty when unset.</param>
/// <param name="About">What it means.</param>
public sealed record KeyDocumentation(string Key, string Kind, string Default, string About);
