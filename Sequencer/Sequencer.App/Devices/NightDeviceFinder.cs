using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Night;

namespace Sequencer.App.Devices;

/// <summary>Finds every device that a night needs.</summary>
internal static class NightDeviceFinder
{
    public static async Task<NightDevices> FindAsync(DeviceFinder finder, ObservatoryConfiguration configuration, CancellationToken cancel)
    {
        var roles = configuration.Alpaca.Devices;
        var monitors = new List<ISafetyMonitor>();
        foreach (var monitor in roles.SafetyMonitors)
            monitors.Add(await finder.FindAsync<ISafetyMonitor>(monitor, "alpaca.devices.safetymonitors", cancel));
        var rotator = await OptionalAsync<IRotator>(roles.Rotator, "alpaca.devices.rotator");
        var cameras = new List<CameraDevices>();
        foreach (var camera in configuration.Cameras.Devices)
        {
            cameras.Add(new CameraDevices(
                await finder.FindAsync<ICamera>(camera.Device, $"cameras.devices {camera.Name}", cancel),
                await OptionalAsync<IFilterWheel>(camera.FilterWheel?.Device, $"cameras.devices {camera.Name} filterwheel"),
                await OptionalAsync<IFocuser>(camera.Focuser?.Device, $"cameras.devices {camera.Name} focuser"),
                ReferenceEquals(camera, configuration.Cameras.Primary) ? rotator : null));
        }

        return new NightDevices
        {
            Telescope = await finder.FindAsync<ITelescope>(
                roles.Telescope ?? throw new DeviceNotFoundException("alpaca.devices.telescope is missing in the configuration: a night needs a mount."),
                "alpaca.devices.telescope",
                cancel),
            Cameras = cameras,
            SafetyMonitors = monitors,
            ObservingConditions = await OptionalAsync<IObservingConditions>(roles.ObservingConditions, "alpaca.devices.observingconditions"),
            Dome = await OptionalAsync<IDome>(roles.Dome, "alpaca.devices.dome"),
            CoverCalibrator = await OptionalAsync<ICoverCalibrator>(roles.CoverCalibrator, "alpaca.devices.covercalibrator"),
            Switch = await OptionalAsync<ISwitch>(roles.Switch, "alpaca.devices.switch"),
        };

        async Task<T?> OptionalAsync<T>(AlpacaDeviceOptions? wanted, string role)
            where T : class, IAlpacaDevice => wanted is null ? null : await finder.FindAsync<T>(wanted, role, cancel);
    }
}
