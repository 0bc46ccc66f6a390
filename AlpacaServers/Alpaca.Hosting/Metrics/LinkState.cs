namespace Alpaca.Hosting;

/// <summary>How a device stands to its hardware, as far as the contract shows it. The names, in lower case, are the <c>state</c> of metric and health page.</summary>
internal enum LinkState
{
    /// <summary>Not connected, and nobody is connecting it.</summary>
    Disconnected,

    /// <summary>Being connected or disconnected.</summary>
    Connecting,

    /// <summary>Connected to its hardware.</summary>
    Connected,

    /// <summary>Connected or Connecting report an error: the link is lost, or could not be made.</summary>
    Faulted,

    /// <summary>The driver does not even answer whether it is connected.</summary>
    Silent,
}

/// <summary>A device's link, and what is wrong with it.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Fault">The error of a faulted link, for people.</param>
internal readonly record struct LinkStatus(LinkState State, string? Fault = null);
