using Alpaca.Devices.Drivers;

namespace Alpaca.Drivers;

/// <summary>The drivers of real hardware: one line each.</summary>
public static class DriverCatalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Driver> All { get; } =
    [
    ];
}
