using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Hosting;
using Microsoft.Extensions.Logging;

namespace Alpaca.Server;

/// <summary>Makes configured devices and publishes them.</summary>
internal sealed class PublishedDevices(DeviceRegistry registry, UniqueIdStore ids, SharedParts shared, LinkFactory links, TimeProvider clock, ILoggerFactory loggers)
{
    private const string DriverVersion = "0.1";

    /// <summary>Publishes a device, unless its entry is switched off.</summary>
    /// <returns>Null if it is.</returns>
    public RegisteredDevice? Add(ConfiguredDevice configured)
    {
        if (!configured.Entry.Enabled)
            return null;
        var driver = configured.Driver;
        var id = ids.IdOf($"{driver.Name}/{configured.Key}");
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
        return registry.Add(driver.Create(configured.Options, context), configured.Name, id, configured.Number);
    }
}
