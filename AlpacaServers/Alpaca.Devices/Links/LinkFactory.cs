using System.Collections.Concurrent;
using System.Globalization;
using Alpaca.Devices.Links.Linux;

namespace Alpaca.Devices.Links;

/// <summary>
/// Opens ports by their names, so that a driver knows nothing of where its device hangs:
/// <c>/dev/ttyUSB0</c>, a pattern such as <c>usb-FTDI*</c> over /dev/serial/by-id, <c>usb:VID:PID[:serial[:interface]]</c>, <c>tcp://host:port</c>,
/// or a name that was <see cref="Offer">offered</see> (links in memory).
/// </summary>
/// <param name="serial">The serial ports of this system; by default those of Linux. Another system's go in here, and no driver changes.</param>
public sealed class LinkFactory(ISerialPorts? serial = null)
{
    private readonly ConcurrentDictionary<string, Func<ILink>> _offers = new(StringComparer.Ordinal);
    private readonly ISerialPorts? _serial = serial ?? (OperatingSystem.IsLinux() ? new LinuxSerialPorts() : null);

    /// <summary>The serial ports that are there now; empty on a system whose serial ports are not known.</summary>
    public IReadOnlyList<SerialPortInfo> SerialPorts => _serial?.List() ?? [];

    /// <summary>Makes a name open what <paramref name="open"/> returns, at every opening anew. It may throw <see cref="LinkException"/> as a real port does.</summary>
    public void Offer(string name, Func<ILink> open) => _offers[name] = open;

    /// <summary>Opens the port of that name.</summary>
    /// <param name="name">See the class.</param>
    /// <param name="settings">How to set a serial line; a TCP port ignores it.</param>
    /// <param name="deadline">How long opening may take.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <exception cref="LinkException">It cannot be opened; the message says what to do.</exception>
    public async ValueTask<ILink> OpenAsync(string name, SerialSettings settings, TimeSpan deadline, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (string.IsNullOrWhiteSpace(name))
            throw new LinkException(LinkFault.NotFound, "(no port)", "no port is configured; set \"port\" to a serial port or to tcp://host:port");
        if (_offers.TryGetValue(name, out var offer))
            return offer();
        if (name.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase))
        {
            var (host, port) = HostAndPort(name);
            return await TcpLink.ConnectAsync(host, port, deadline, cancel);
        }

        return _serial is null
            ? throw new LinkException(LinkFault.NotFound, name, "serial ports of this operating system are not supported yet; use a serial port server and tcp://host:port")
            : await _serial.OpenAsync(name, settings, deadline, cancel);
    }

    private static (string Host, int Port) HostAndPort(string name)
    {
        var text = name["tcp://".Length..].TrimEnd('/');
        var colon = text.LastIndexOf(':');
        if (colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536)
            return (text[..colon].Trim('[', ']'), port);
        throw new LinkException(LinkFault.NotFound, name, "a network port is written tcp://host:port, for example tcp://192.168.1.20:8899");
    }
}
