namespace Alpaca.Contract;

/// <summary>
/// What every device has, whatever its type. A driver and a client of it implement the same interface, so whoever uses a device
/// cannot tell one in this process from one across the network.
/// </summary>
/// <remarks>
/// Members that start something (initiators) return once the hardware has accepted the command; a completion property tells when it is done.
/// Every member except those of the connection itself and capabilities that never change throws NotConnected (0x407) while disconnected;
/// a value out of range throws InvalidValue (0x401) even then.
/// </remarks>
public partial interface IAlpacaDevice
{
    /// <summary>Runs one of the driver's own actions, in place of members the standard lacks.</summary>
    /// <param name="action">A name from <see cref="SupportedActionsAsync"/>, in any case.</param>
    /// <param name="parameters">What the action expects; empty if nothing.</param>
    /// <returns>The action's answer, in the format its driver documents.</returns>
    [Put] ValueTask<string> ActionAsync(string action, string parameters, CancellationToken cancel = default) => throw AlpacaException.UnknownAction(action);

    /// <summary>Sends a command to the hardware and expects no answer. Only for diagnosis: not portable.</summary>
    /// <param name="command">The command in the hardware's own protocol.</param>
    /// <param name="raw">True to send it as it is, false to let the driver add its framing.</param>
    [Put] ValueTask CommandBlindAsync(string command, bool raw, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Sends a command to the hardware whose answer is yes or no. Only for diagnosis: not portable.</summary>
    /// <param name="command">The command in the hardware's own protocol.</param>
    /// <param name="raw">True to send it as it is, false to let the driver add its framing.</param>
    [Put] ValueTask<bool> CommandBoolAsync(string command, bool raw, CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Sends a command to the hardware and returns its answer. Only for diagnosis: not portable.</summary>
    /// <param name="command">The command in the hardware's own protocol.</param>
    /// <param name="raw">True to send it as it is, false to let the driver add its framing.</param>
    [Put] ValueTask<string> CommandStringAsync(string command, bool raw, CancellationToken cancel = default) => NotImplemented<string>();

    /// <summary>Starts to connect and returns; done when <see cref="ConnectingAsync"/> is false, and it worked if <see cref="ConnectedAsync"/> is then true.</summary>
    [Put, Since(SinceAttribute.Platform7)] ValueTask ConnectAsync(CancellationToken cancel = default);

    /// <summary>Starts to disconnect and returns; done when <see cref="ConnectingAsync"/> is false.</summary>
    [Put, Since(SinceAttribute.Platform7)] ValueTask DisconnectAsync(CancellationToken cancel = default);

    /// <summary>True while connecting or disconnecting. Throws what went wrong if the last attempt failed.</summary>
    [Get, Since(SinceAttribute.Platform7)] ValueTask<bool> ConnectingAsync(CancellationToken cancel = default);

    /// <summary>True while the device is connected to its hardware.</summary>
    [Get] ValueTask<bool> ConnectedAsync(CancellationToken cancel = default);

    /// <summary>Connects or disconnects and waits for it: the way of interface versions before <see cref="ConnectAsync"/>.</summary>
    [Set] ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default);

    /// <summary>What the device is: maker, model, serial number. At most 68 characters, for FITS headers.</summary>
    [Get] ValueTask<string> DescriptionAsync(CancellationToken cancel = default);

    /// <summary>All operational properties in one reply: those the device has and can read now, and the time they were read.</summary>
    [Get, Since(SinceAttribute.Platform7)] ValueTask<IReadOnlyList<StateValue>> DeviceStateAsync(CancellationToken cancel = default);

    /// <summary>What the driver is: name, licence, where to find help.</summary>
    [Get] ValueTask<string> DriverInfoAsync(CancellationToken cancel = default);

    /// <summary>The driver's version, <c>major.minor</c>.</summary>
    [Get] ValueTask<string> DriverVersionAsync(CancellationToken cancel = default);

    /// <summary>The version of the ASCOM interface that the device implements.</summary>
    [Get] ValueTask<int> InterfaceVersionAsync(CancellationToken cancel = default);

    /// <summary>A short name for people.</summary>
    [Get] ValueTask<string> NameAsync(CancellationToken cancel = default);

    /// <summary>The names <see cref="ActionAsync"/> knows; empty if there are none.</summary>
    [Get] ValueTask<IReadOnlyList<string>> SupportedActionsAsync(CancellationToken cancel = default) => new([]);
}
