using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>Knows how the links of all published devices stand, and says in the log when one changes: once for each change, never for looking.</summary>
internal sealed class DeviceWatch(DeviceRegistry devices, ILogger log, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RegisteredDevice, Seen> _seen = [];
    private Task _watching = Task.CompletedTask;

    /// <summary>Looks at every device now and then until <paramref name="stop"/>.</summary>
    public void Start(TimeSpan interval, CancellationToken stop) => _watching = WatchAsync(interval, stop);

    /// <summary>Ends when the watch has.</summary>
    public Task StoppedAsync() => _watching;

    /// <summary>How the devices stand now, by type and number.</summary>
    public IReadOnlyList<(RegisteredDevice Device, LinkStatus Link)> Look()
    {
        lock (_lock)
        {
            var all = devices.Devices;
            foreach (var gone in _seen.Keys.Except(all).ToList())
            {
                _seen.Remove(gone);
                HostLog.DeviceWithdrawn(log, gone.DeviceType, gone.Number, gone.Name);
            }

            return [.. all.Select(device => (device, Look(device)))];
        }
    }

    private LinkStatus Look(RegisteredDevice device)
    {
        if (!_seen.TryGetValue(device, out var seen))
            _seen[device] = seen = new Seen(new DeviceLink(device, clock));
        var before = seen.Last;
        seen.Last = seen.Link.Look();
        if (seen.Last.State != before.State)
            seen.WasConnected = Say(device, before.State, seen.Last, seen.WasConnected);
        return seen.Last;
    }

    private bool Say(RegisteredDevice device, LinkState before, LinkStatus now, bool wasConnected)
    {
        switch (now.State)
        {
            case LinkState.Connected when before is LinkState.Faulted or LinkState.Silent && wasConnected:
                HostLog.DeviceRestored(log, device.DeviceType, device.Number, device.Name);
                return true;
            case LinkState.Connected:
                HostLog.DeviceConnected(log, device.DeviceType, device.Number, device.Name);
                return true;
            case LinkState.Disconnected:
                if (wasConnected)
                    HostLog.DeviceDisconnected(log, device.DeviceType, device.Number, device.Name);
                return false;
            case LinkState.Faulted when wasConnected:
                HostLog.DeviceLost(log, device.DeviceType, device.Number, device.Name, now.Fault!);
                return true;
            case LinkState.Faulted:
                HostLog.DeviceNotConnected(log, device.DeviceType, device.Number, device.Name, now.Fault!);
                return false;
            case LinkState.Silent:
                HostLog.DeviceSilent(log, device.DeviceType, device.Number, device.Name);
                return wasConnected;
            default:
                return wasConnected;
        }
    }

    private async Task WatchAsync(TimeSpan interval, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            do
                Look();
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private sealed class Seen(DeviceLink link)
    {
        public DeviceLink Link { get; } = link;

        public LinkStatus Last { get; set; }

        /// <summary>True from the device's connection until somebody disconnects it: what makes a fault a loss and its end a return.</summary>
        public bool WasConnected { get; set; }
    }
}
