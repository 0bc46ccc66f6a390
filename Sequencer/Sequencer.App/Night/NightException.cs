namespace Sequencer.App.Night;

/// <summary>Why a night cannot be run: a sentence for the person at the terminal.</summary>
internal sealed class NightException(string message) : Exception(message);
