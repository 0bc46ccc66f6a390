namespace Alpaca.Server;

/// <summary>A configuration that cannot be used. The message says where it is wrong and what would be right.</summary>
internal sealed class ConfigurationException(string message, Exception? cause = null) : Exception(message, cause);
