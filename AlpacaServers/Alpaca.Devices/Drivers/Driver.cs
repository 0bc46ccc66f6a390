using System.Globalization;
using Alpaca.Contract;
using Alpaca.Devices.Options;

namespace Alpaca.Devices.Drivers;

/// <summary>
/// One kind of device that a server can make: its name in the configuration, its options, and how to make it. Registering this one line is all a driver
/// needs: the configuration is read and checked, the JSON schema written and the setup form made from the options.
/// </summary>
public sealed class Driver
{
    /// <summary>The name of the driver that entries without one get.</summary>
    public const string Simulator = "simulator";

    private readonly Func<object, DriverContext, IAlpacaDevice> _create;

    private Driver(string name, DeviceType type, string title, OptionModel options, Func<object, DriverContext, IAlpacaDevice> create) =>
        (Name, DeviceType, Title, DeviceName, Options, _create) = (name, type, title, title, options, create);

    /// <summary>The word in the configuration, unique within the device type.</summary>
    public string Name { get; }

    /// <summary>What kind of device it drives.</summary>
    public DeviceType DeviceType { get; }

    /// <summary>The device type as URLs and configurations spell it.</summary>
    public string TypeName => DeviceType.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>Make and models, for people who choose.</summary>
    public string Title { get; }

    /// <summary>What a device is called that was given no name.</summary>
    public string DeviceName { get; init; }

    /// <summary>Its options.</summary>
    public OptionModel Options { get; }

    /// <summary>Describes a driver.</summary>
    /// <param name="name">The word in the configuration: lower case, no spaces.</param>
    /// <param name="type">What kind of device it drives.</param>
    /// <param name="title">Make and models, for people who choose.</param>
    /// <param name="create">Makes a device from checked options. It must not touch the hardware: that is for Connect.</param>
    /// <param name="deviceName">What a device is called that was given no name; the title up to its first parenthesis unless said otherwise.</param>
    public static Driver Of<TOptions>(string name, DeviceType type, string title, Func<TOptions, DriverContext, IAlpacaDevice> create, string? deviceName = null)
        where TOptions : class, new()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(create);
        return new Driver(name, type, title, OptionModel.Of<TOptions>(), (options, context) => create((TOptions)options, context)) { DeviceName = deviceName ?? title.Split(" (")[0] };
    }

    /// <summary>Makes a device, not yet connected.</summary>
    /// <param name="options">A record of <see cref="Options"/>, checked.</param>
    /// <param name="context">What it gets from the program.</param>
    public IAlpacaDevice Create(object options, DriverContext context) => _create(options, context);
}
