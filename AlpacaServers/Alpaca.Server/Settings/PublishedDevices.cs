using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Hosting;
using Microsoft.Extensions.Logging;

namespace Alpaca.Server;

/// <summary>
/// Makes configured devices and publishes them, and follows changes of the configuration while the server runs: a device is never changed or taken away under a
/// client that is connected to it; the change waits until it is disconnected.
/// </summary>
internal sealed class PublishedDevices(DeviceRegistry registry, UniqueIdStore ids, SharedParts shared, LinkFactory links, TimeProvider clock, ILoggerFactory loggers) : IAsyncDisposable
{
    private const string DriverVersion = "0.1";

    /// <summary>How long a device may take to say whether it is connected, or to let go of its hardware.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = loggers.CreateLogger("Alpaca.Server");
    private readonly Dictionary<string, Published> _published = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1);

    /// <summary>True if changes wait for devices to be disconnected.</summary>
    public bool HasPending
    {
        get
        {
            lock (_published)
                return _published.Values.Any(p => p.IsPending);
        }
    }

    /// <summary>Whether a device's configuration waits to take effect.</summary>
    public bool IsPending(string key)
    {
        lock (_published)
            return _published.TryGetValue(key, out var device) && device.IsPending;
    }

    /// <summary>The published device of an address, or null.</summary>
    public RegisteredDevice? Find(string key)
    {
        lock (_published)
            return _published.GetValueOrDefault(key)?.Registered;
    }

    /// <summary>Whether somebody uses a device: it is connected, or about to be.</summary>
    public static async Task<bool> IsInUseAsync(IAlpacaDevice device, CancellationToken cancel)
    {
        try
        {
            return await device.ConnectedAsync(cancel).AsTask().WaitAsync(s_patience, TimeProvider.System, cancel)
                || await device.ConnectingAsync(cancel).AsTask().WaitAsync(s_patience, TimeProvider.System, cancel);
        }
        catch (AlpacaException)
        {
            // The last attempt to connect failed: nobody holds it.
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    /// <summary>Publishes a device at the start.</summary>
    public void Add(ConfiguredDevice configured)
    {
        if (configured.Entry.Enabled)
            Keep(configured, Register(configured));
    }

    /// <summary>Makes what is published what is wanted; what is in use is changed when it is disconnected.</summary>
    public async Task FollowAsync(IReadOnlyList<ConfiguredDevice> wanted, CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            var enabled = wanted.Where(d => d.Entry.Enabled).ToDictionary(d => d.Key, StringComparer.Ordinal);
            foreach (var (key, device) in Snapshot())
            {
                device.Wanted = enabled.GetValueOrDefault(key);
                await SettleAsync(key, device, cancel);
            }

            foreach (var device in enabled.Values.Where(d => Find(d.Key) is null))
                Add(device);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Puts into effect what waited for devices that are disconnected now.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            foreach (var (key, device) in Snapshot())
                await SettleAsync(key, device, cancel);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Lets go of all devices.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Snapshot().Select(d => ReleaseAsync(d.Device.Registered.Device)));
        _changing.Dispose();
    }

    private (string Key, Published Device)[] Snapshot()
    {
        lock (_published)
            return [.. _published.Select(p => (p.Key, p.Value))];
    }

    private void Keep(ConfiguredDevice configured, RegisteredDevice registered)
    {
        lock (_published)
            _published[configured.Key] = new Published(configured, registered);
    }

    private async Task SettleAsync(string key, Published device, CancellationToken cancel)
    {
        if (!device.IsPending || await IsInUseAsync(device.Registered.Device, cancel))
            return;
        var before = device.Registered;
        if (device.Wanted is not { } wanted || wanted.Driver != device.Made.Driver)
        {
            registry.Remove(before);
            lock (_published)
                _published.Remove(key);
            if (device.Wanted is { } other)
                Add(other);
        }
        else
        {
            Keep(wanted, registry.Replace(before, Make(wanted, before.UniqueId), wanted.Name, wanted.Entry.InterfaceVersion));
        }

        SettingsLog.TookEffect(_log, before.Name, device.Wanted is null ? "removed" : "made anew with its new settings");
        await ReleaseAsync(before.Device);
    }

    private RegisteredDevice Register(ConfiguredDevice configured)
    {
        var id = ids.IdOf($"{configured.Driver.Name}/{configured.Key}");
        return registry.Add(Make(configured, id), configured.Name, id, configured.Number, configured.Entry.InterfaceVersion);
    }

    private IAlpacaDevice Make(ConfiguredDevice configured, string id)
    {
        var driver = configured.Driver;
        var identity = new DeviceIdentity(
            configured.Name,
            driver.Title.Length <= DeviceIdentity.LongestDescription ? driver.Title : driver.Title[..DeviceIdentity.LongestDescription],
            id,
            $"Alpaca driver {driver.Name}: {driver.Title}",
            DriverVersion);
        var context = new DriverContext(identity, clock, loggers)
        {
            Number = configured.Number,
            Links = links,
            Record = configured.Entry.Record,
            Shared = shared,
        };
        return driver.Create(configured.Options, context);
    }

    private async Task ReleaseAsync(IAlpacaDevice device)
    {
        if (device is not IAsyncDisposable disposable)
            return;
        try
        {
            await disposable.DisposeAsync().AsTask().WaitAsync((device as DeviceBase)?.ShutDownDeadline ?? s_patience, TimeProvider.System);
        }
        catch (Exception e)
        {
            // One device that does not let go must not keep the others, or the server, from ending.
            SettingsLog.NotReleased(_log, device.GetType().Name, e.Message);
        }
    }

    private sealed class Published(ConfiguredDevice made, RegisteredDevice registered)
    {
        /// <summary>What it was made from.</summary>
        public ConfiguredDevice Made { get; } = made;

        public RegisteredDevice Registered { get; } = registered;

        /// <summary>What it should be made from; null if it should go.</summary>
        public ConfiguredDevice? Wanted { get; set; } = made;

        public bool IsPending => Wanted is null || !Wanted.IsSameAs(Made);
    }
}
