using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>
/// The devices a server publishes. They may come and go while it runs. Every change makes a new list, so requests look devices up in theirs without a lock.
/// </summary>
public sealed class DeviceRegistry
{
    private readonly Lock _changing = new();
    private volatile RegisteredDevice[] _devices = [];
    private volatile IClientObserver[] _observers = [];

    /// <summary>All devices, by type and number.</summary>
    public IReadOnlyList<RegisteredDevice> Devices => _devices;

    /// <summary>Publishes a device.</summary>
    /// <param name="device">Implements one of the device interfaces.</param>
    /// <param name="name">What people choose it by.</param>
    /// <param name="uniqueId">Stays with this device for ever: see <see cref="UniqueIdStore"/>.</param>
    /// <param name="number">Its number within its type; without one it gets the lowest that is free.</param>
    /// <param name="interfaceVersion">
    /// An older version of its interface: the device then says that it has that one, and is without the members that came later.
    /// </param>
    /// <exception cref="ArgumentException">No device interface, an empty name or id, a number or id already in use, or no such version.</exception>
    public RegisteredDevice Add(IAlpacaDevice device, string name, string uniqueId, uint? number = null, int? interfaceVersion = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(uniqueId);
        var kind = Dispatch.KindOf(device);
        RequireVersion(kind, name, interfaceVersion);
        lock (_changing)
        {
            var before = _devices;
            var added = new RegisteredDevice(device, kind, number ?? FirstFree(before, kind), name, uniqueId) { InterfaceVersion = interfaceVersion };
            if (before.FirstOrDefault(d => d.Kind == kind && d.Number == added.Number) is { } holder)
                throw new ArgumentException($"{kind.DeviceType} {added.Number} is already {holder.Name}; give {name} another number.", nameof(number));
            if (before.FirstOrDefault(d => d.UniqueId == uniqueId) is { } twin)
                throw new ArgumentException($"{name} has the unique id of {twin.Name}; each device needs its own.", nameof(uniqueId));
            _devices = [.. before.Append(added).OrderBy(d => d.DeviceType, StringComparer.Ordinal).ThenBy(d => d.Number)];
            _observers = ObserversOf(_devices);
            return added;
        }
    }

    /// <summary>Withdraws a device; requests for it that are under way still finish. False if it was not there.</summary>
    public bool Remove(RegisteredDevice device)
    {
        lock (_changing)
        {
            var before = _devices;
            _devices = [.. before.Where(d => d != device)];
            _observers = ObserversOf(_devices);
            return _devices.Length < before.Length;
        }
    }

    /// <summary>Publishes a device in the place of another: number and unique id stay. Requests for the old one that are under way still finish.</summary>
    /// <param name="before">The device whose place it takes.</param>
    /// <param name="device">Of the same type.</param>
    /// <param name="name">What people choose it by.</param>
    /// <param name="interfaceVersion">An older version of its interface, as in <see cref="Add"/>.</param>
    /// <exception cref="ArgumentException">It is of another type, its name is empty, or the other one is not published any more.</exception>
    public RegisteredDevice Replace(RegisteredDevice before, IAlpacaDevice device, string name, int? interfaceVersion = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Dispatch.KindOf(device) != before.Kind)
            throw new ArgumentException($"{name} is not a {before.DeviceType}.", nameof(device));
        RequireVersion(before.Kind, name, interfaceVersion);
        lock (_changing)
        {
            var place = Array.IndexOf(_devices, before);
            if (place < 0)
                throw new ArgumentException($"{before.Name} is not published any more.", nameof(before));
            var changed = _devices.ToArray();
            changed[place] = new RegisteredDevice(device, before.Kind, before.Number, name, before.UniqueId, before.Meter) { InterfaceVersion = interfaceVersion };
            _devices = changed;
            _observers = ObserversOf(_devices);
            return changed[place];
        }
    }

    /// <summary>A client's request is about to be carried out: those devices hear of it that ask who is still there.</summary>
    internal void Hear(uint client, RegisteredDevice device)
    {
        if (_observers is not { Length: > 0 } observers)
            return;
        foreach (var observer in observers)
            observer.Heard(client);
        if (device.Device is IClientObserver)
            RequestingClient.Current = client;
    }

    /// <summary>The device at a URL, or null.</summary>
    internal RegisteredDevice? Find(ReadOnlySpan<char> deviceType, uint number)
    {
        foreach (var device in _devices)
        {
            if (device.Number == number && deviceType.SequenceEqual(device.DeviceType))
                return device;
        }

        return null;
    }

    private static IClientObserver[] ObserversOf(RegisteredDevice[] devices) => [.. devices.Select(d => d.Device).OfType<IClientObserver>()];

    private static void RequireVersion(DeviceKind kind, string name, int? interfaceVersion)
    {
        if (interfaceVersion is { } version && (version < 1 || version > kind.NewestVersion))
        {
            throw new ArgumentException(
                $"{name} cannot be published with version {version} of its interface: a {kind.DeviceType} has versions 1 to {kind.NewestVersion}.", nameof(interfaceVersion));
        }
    }

    private static uint FirstFree(RegisteredDevice[] devices, DeviceKind kind)
    {
        var number = 0u;
        foreach (var device in devices)
        {
            if (device.Kind == kind && device.Number == number)
                number++;
        }

        return number;
    }
}
