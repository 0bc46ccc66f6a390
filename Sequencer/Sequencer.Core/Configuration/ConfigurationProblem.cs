namespace Sequencer.Core.Configuration;

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ConfigurationProblem(string Source, int Line, string Message)
{
    /// <summary>In the form editors jump to: <c>file:line: message</c>.</summary>
    public override string ToString() => $"{Source}:{Line}: {Message}";
}
