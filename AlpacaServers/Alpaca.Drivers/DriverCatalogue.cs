using Alpaca.Devices.Drivers;
using Alpaca.Drivers.Astrohaven;
using Alpaca.Drivers.IOptron;

namespace Alpaca.Drivers;

/// <summary>The drivers of real hardware: one line each.</summary>
public static class DriverCatalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Driver> All { get; } =
    [
        Driver.Of<AstrohavenOptions>("astrohaven", DeviceType.Dome, "Astrohaven clamshell domes (Vision 130 controller)", (options, context) => new AstrohavenDome(options, context)),
        Driver.Of<IOptronOptions>("ioptron", DeviceType.Telescope, "iOptron mounts (CEM, GEM, HEM, HAE, iEQ)", (options, context) => new IOptronTelescope(options, context)),
    ];
}
