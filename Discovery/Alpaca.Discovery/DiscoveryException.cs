namespace Alpaca.Discovery;

/// <summary>Discovery could not use the network; the message says what to do.</summary>
public sealed class DiscoveryException(string message, Exception? cause = null) : Exception(message, cause);
