using System.Globalization;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>One entry of <c>devices</c>, read and checked.</summary>
/// <param name="Driver">What makes it.</param>
/// <param name="Entry">What every entry may say.</param>
/// <param name="Number">Its number, whether written or given.</param>
/// <param name="Options">A record of the driver's options.</param>
/// <param name="Written">The entry as it is written.</param>
internal sealed record ConfiguredDevice(Driver Driver, DeviceEntry Entry, uint Number, object Options, OptionNode Written)
{
    /// <summary>Type and number: the device's address, and what tells entries apart.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Driver.TypeName}/{Number}");

    /// <summary>What people choose it by.</summary>
    public string Name => Entry.Name is { Length: > 0 } name ? name : NameOf(Driver, Number);

    /// <summary>What a device is called that was given no name.</summary>
    public static string NameOf(Driver driver, uint number) =>
        number == 0 ? driver.DeviceName : string.Create(CultureInfo.InvariantCulture, $"{driver.DeviceName} {number + 1}");

    /// <summary>Whether another entry would make the same device.</summary>
    public bool IsSameAs(ConfiguredDevice other) => Key == other.Key && Driver == other.Driver && YamlTree.AreEqual(Written, other.Written);
}
