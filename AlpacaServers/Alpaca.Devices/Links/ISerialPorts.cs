namespace Alpaca.Devices.Links;

/// <summary>
/// The serial ports of one operating system: what a port to another system has to bring. Drivers never see it; <see cref="LinkFactory"/> takes one.
/// </summary>
public interface ISerialPorts
{
    /// <summary>The ports that are there now, native and USB.</summary>
    IReadOnlyList<SerialPortInfo> List();

    /// <summary>Finds and opens the port that a name means.</summary>
    /// <param name="name">A path, a pattern over stable names, or <c>usb:VID:PID[:serial[:interface]]</c>.</param>
    /// <param name="settings">How to set the line.</param>
    /// <param name="deadline">How long the system may take.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <exception cref="LinkException">There is no such port, it is in use, may not be opened, or refuses the settings.</exception>
    ValueTask<ILink> OpenAsync(string name, SerialSettings settings, TimeSpan deadline, CancellationToken cancel = default);
}
