namespace Sequencer.Core.Configuration.Schema;

/// <summary>Anything that holds documented keys.</summary>
internal interface ISection
{
    /// <summary>False for a list of plain values.</summary>
    bool HasKeys { get; }

    /// <summary>One row per key below a path.</summary>
    IEnumerable<KeyDocumentation> Document(string path);
}
