namespace Sequencer.Core.Configuration.Schema;

/// <summary>A rule between keys that does not hold.</summary>
/// <param name="Key">The key whose line is shown.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record SectionProblem(string Key, string Message);
