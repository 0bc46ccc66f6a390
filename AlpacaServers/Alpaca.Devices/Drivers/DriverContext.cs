using Alpaca.Devices.Links;
using Microsoft.Extensions.Logging;

namespace Alpaca.Devices.Drivers;

/// <summary>What a driver gets from the program it runs in.</summary>
/// <param name="Identity">The device's name and unique id; a driver that knows maker, model and serial number puts them into its description.</param>
/// <param name="Clock">The one source of time.</param>
/// <param name="Loggers">Where it reports.</param>
public sealed record DriverContext(DeviceIdentity Identity, TimeProvider Clock, ILoggerFactory Loggers)
{
    /// <summary>The device's number within its type, from 0.</summary>
    public uint Number { get; init; }

    /// <summary>Opens ports by their names.</summary>
    public LinkFactory Links { get; init; } = new();

    /// <summary>The file to record the wire to, or null: <c>record: FILE</c> in the configuration.</summary>
    public string? Record { get; init; }

    /// <summary>What the devices of this server stand on together.</summary>
    public SharedParts Shared { get; init; } = new();

    /// <summary>Where recordings go that are switched on at run time.</summary>
    public string RecordFolder { get; init; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "alpaca", "wire");
}
