using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>A device and where the server publishes it.</summary>
public sealed class RegisteredDevice
{
    internal RegisteredDevice(IAlpacaDevice device, DeviceKind kind, uint number, string name, string uniqueId, DeviceMeter? meter = null) =>
        (Device, Kind, Number, Name, UniqueId, Meter) = (device, kind, number, name, uniqueId, meter ?? new DeviceMeter(kind.Routes.Count));

    /// <summary>What answers.</summary>
    public IAlpacaDevice Device { get; }

    /// <summary>The type as URLs spell it, for example <c>filterwheel</c>.</summary>
    public string DeviceType => Kind.DeviceType;

    /// <summary>The number within the type, from 0.</summary>
    public uint Number { get; }

    /// <summary>The name people choose it by.</summary>
    public string Name { get; }

    /// <summary>Identifies the device for ever and everywhere.</summary>
    public string UniqueId { get; }

    /// <summary>The older version of its interface that the device is published with, for clients that cannot do with the newest; null for the driver's own.</summary>
    public int? InterfaceVersion { get; internal init; }

    internal DeviceKind Kind { get; }

    /// <summary>Whether the device, as it is published, has a member.</summary>
    internal bool Has(in MemberHandlers member) => InterfaceVersion is not { } version || member.Since <= version;

    /// <summary>Counts the requests for this device.</summary>
    internal DeviceMeter Meter { get; }
}
