namespace Sequencer.Core.Configuration;

/// <summary>A file cannot be used as it stands. The message has a line per mistake, each with file and line.</summary>
public sealed class ConfigurationException : Exception
{
    /// <inheritdoc cref="ConfigurationException"/>
    public ConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <inheritdoc cref="ConfigurationException"/>
    public ConfigurationException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <inheritdoc cref="ConfigurationException"/>
    public ConfigurationException(string message) : base(message)
    {
    }

    /// <inheritdoc cref="ConfigurationException"/>
    public ConfigurationException()
    {
    }

    /// <summary>The mistakes, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = [];
}
