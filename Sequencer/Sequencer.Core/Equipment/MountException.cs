namespace Sequencer.Core.Equipment;

/// <summary>The mount did not do as asked. The message says what happened and what to check.</summary>
public sealed class MountException(string message, Exception? cause = null) : Exception(message, cause);
