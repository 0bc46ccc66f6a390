namespace Alpaca.Hosting;

/// <summary>
/// What may be set on a server's pages. The program that makes the devices implements it; the pages know fields and texts, no driver and no file format.
/// Everything is checked here: what a page checks itself is for convenience only.
/// </summary>
public interface IServerSettings
{
    /// <summary>Where settings are kept, and what people should know about that.</summary>
    SettingsSummary Summary { get; }

    /// <summary>What can be added.</summary>
    IReadOnlyList<DriverChoice> Drivers { get; }

    /// <summary>Devices that are configured but not published.</summary>
    IReadOnlyList<DormantDevice> Dormant { get; }

    /// <summary>The server's own settings.</summary>
    SettingsForm ServerForm();

    /// <summary>A device's settings; null if there is no such device.</summary>
    SettingsForm? DeviceForm(string deviceType, uint number);

    /// <summary>The settings of a device to be added; null if there is no such driver.</summary>
    SettingsForm? NewDeviceForm(string deviceType, string driver);

    /// <summary>Saves the server's own settings.</summary>
    ValueTask<SettingsResult> SaveServerAsync(SettingsInput input, CancellationToken cancel);

    /// <summary>Saves a device's settings, and puts them into effect as soon as the device is disconnected.</summary>
    ValueTask<SettingsResult> SaveDeviceAsync(string deviceType, uint number, SettingsInput input, CancellationToken cancel);

    /// <summary>Adds a device and publishes it.</summary>
    ValueTask<SettingsResult> AddDeviceAsync(string deviceType, string driver, SettingsInput input, CancellationToken cancel);

    /// <summary>Removes a disconnected device.</summary>
    ValueTask<SettingsResult> RemoveDeviceAsync(string deviceType, uint number, SettingsInput input, CancellationToken cancel);

    /// <summary>Reads the file again and puts what changed into effect.</summary>
    ValueTask<SettingsResult> ReloadAsync(CancellationToken cancel);

    /// <summary>What of a device's settings waits for the device to be disconnected, as a sentence; null if nothing does.</summary>
    string? Pending(string deviceType, uint number);
}
