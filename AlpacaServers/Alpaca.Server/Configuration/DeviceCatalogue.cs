using Alpaca.Devices.Drivers;
using Alpaca.Drivers;
using Alpaca.Simulators;

namespace Alpaca.Server;

/// <summary>All drivers of this server: those of real hardware and the simulators.</summary>
internal static class DeviceCatalogue
{
    public static IReadOnlyList<Driver> All { get; } = [.. DriverCatalogue.All, .. SimulatorCatalogue.All];

    /// <summary>The drivers of a type; the simulator is the last.</summary>
    public static IEnumerable<Driver> Of(DeviceType type) => All.Where(d => d.DeviceType == type);

    /// <summary>The driver of a type with a name, or null.</summary>
    public static Driver? Find(DeviceType type, string name) => All.FirstOrDefault(d => d.DeviceType == type && d.Name == name);
}
