namespace Sequencer.App.Devices;

/// <summary>A device that the configuration names is not there: a sentence for the person at the terminal.</summary>
internal sealed class DeviceNotFoundException(string message) : Exception(message);
