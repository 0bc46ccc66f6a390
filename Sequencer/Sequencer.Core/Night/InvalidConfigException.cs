namespace Sequencer.Core.Night;

/// <summary>A configuration that cannot be meant. The message names the place and what to change.</summary>
public sealed class InvalidConfigException(string message, Exception? cause = null) : Exception(message, cause);
