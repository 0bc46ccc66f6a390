using System.Net;
using System.Net.Sockets;
using Alpaca.Devices.Links;

namespace Emulators.Kit;

/// <summary>An emulator behind a TCP port, as instruments with WiFi or a serial port server are. One connection at a time.</summary>
public sealed class TcpPort : IEmulatorPort
{
    private readonly WireEmulator _emulator;
    private readonly IPAddress _address;
    private int _port;
    private TcpListener? _listener;
    private ILink? _connection;
    private Task _serving = Task.CompletedTask;

    private TcpPort(WireEmulator emulator, IPAddress address, int port)
    {
        (_emulator, _address, _port) = (emulator, address, port);
    }

    /// <inheritdoc/>
    public string Name => $"tcp://{_address}:{_port}";

    /// <summary>Listens.</summary>
    /// <param name="emulator">What answers.</param>
    /// <param name="port">The TCP port; 0 takes a free one, which it then keeps.</param>
    /// <param name="address">Where to listen; the loopback interface unless given.</param>
    public static async ValueTask<TcpPort> CreateAsync(WireEmulator emulator, int port = 0, IPAddress? address = null)
    {
        var created = new TcpPort(emulator, address ?? IPAddress.Loopback, port);
        await created.PlugInAsync();
        return created;
    }

    /// <inheritdoc/>
    public ValueTask PlugInAsync()
    {
        if (_listener is not null)
            return default;
        _listener = new TcpListener(_address, _port);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync(_listener);
        return default;
    }

    /// <inheritdoc/>
    public async ValueTask UnplugAsync()
    {
        if (_listener is not { } listener)
            return;
        _listener = null;
        listener.Dispose();
        if (_connection is { } connection)
            await connection.DisposeAsync();
        await _serving;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnplugAsync();

    private async Task ServeAsync(TcpListener listener)
    {
        while (_listener == listener)
        {
            try
            {
                await using var connection = TcpLink.Accepted(await listener.AcceptSocketAsync());
                _connection = connection;
                await _emulator.TalkAsync(connection);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Unplugged while waiting for the next connection.
                return;
            }
        }
    }
}
