using System.Globalization;
using Alpaca.Devices.Drivers;

namespace Alpaca.Server;

/// <summary>One entry of <c>devices</c>, read and checked.</summary>
/// <param name="Driver">What makes it.</param>
/// <param name="Entry">What every entry may say.</param>
/// <param name="Number">Its number, whether written or given.</param>
/// <param name="Options">A record of the driver's options.</param>
internal sealed record ConfiguredDevice(Driver Driver, DeviceEntry Entry, uint Number, object Options)
{
    /// <summary>Type and number: the device's address, and what tells entries apart.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Driver.TypeName}/{Number}");

    /// <summary>What people choose it by.</summary>
    public string Name => Entry.Name is { Length: > 0 } name ? name
        : Number == 0 ? Driver.DeviceName
        : string.Create(CultureInfo.InvariantCulture, $"{Driver.DeviceName} {Number + 1}");
}
