using Alpaca.Hosting.Tests.Devices;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting.Tests.Metrics;

/// <summary>One line per change of a device's state, none per look.</summary>
public sealed class DeviceLogTests : IDisposable
{
    private readonly LogRecorder _log = new(LogLevel.Information);
    private readonly LinkedFocuser _device = new();
    private readonly DeviceRegistry _devices = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Each_change_is_one_line()
    {
        _devices.Add(_device, "The focuser", "1");
        var watch = new DeviceWatch(_devices, _log, TimeProvider.System);
        Look(watch, null);
        _device.IsConnecting = true;
        Look(watch, null);
        (_device.IsConnecting, _device.IsConnected) = (false, true);
        Look(watch, "focuser 0 (The focuser) is connected");
        _device.Fault = "the cable is out";
        Look(watch, "focuser 0 (The focuser) is lost: the cable is out");
        _device.Fault = null;
        Look(watch, "focuser 0 (The focuser) is back");
        _device.IsConnected = false;
        Look(watch, "focuser 0 (The focuser) is disconnected");
        _device.Fault = "no such port";
        Look(watch, "focuser 0 (The focuser) could not be connected: no such port");
        _device.Fault = null;
        Look(watch, null);
        _device.IsConnected = true;
        Look(watch, "focuser 0 (The focuser) is connected");
        _devices.Remove(_devices.Devices[0]);
        Look(watch, "focuser 0 (The focuser) is no longer published");
    }

    [Fact]
    public async Task The_server_watches_by_itself_and_says_who_came()
    {
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { Loggers = _log }, _device);
        _device.IsConnected = true;
        await Until.TrueAsync(() => Task.FromResult(_log.Entries.Any(e => e.Message.Contains("is connected", StringComparison.Ordinal))));
        for (var i = 0; i < 10; i++)
            await server.GetAsync("/api/v1/focuser/0/ismoving");
        Assert.Equal(2, _log.Entries.Count);
        Assert.Single(_log.Entries, e => e.Message == "First connection from 127.0.0.1");
    }

    private void Look(DeviceWatch watch, string? expected)
    {
        // Whatever is said, it is said once.
        for (var i = 0; i < 3; i++)
            watch.Look();
        Assert.Equal(expected, _log.Entries.TryDequeue(out var entry) ? entry.Message : null);
        Assert.Empty(_log.Entries);
    }
}
