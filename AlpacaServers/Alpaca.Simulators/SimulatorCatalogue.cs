using Alpaca.Contract;
using Alpaca.Devices.Drivers;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Mount;
using Alpaca.Simulators.Power;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators;

/// <summary>The simulators as drivers. Their devices are parts of the one simulated observatory that the server shares among them.</summary>
public static class SimulatorCatalogue
{
    /// <summary>One for each device type.</summary>
    public static IReadOnlyList<Driver> All { get; } =
    [
        Simulator<CameraOptions>(DeviceType.Camera, "Simulated camera", (o, options, context) => o.Fit(options, context)),
        Simulator<CoverCalibratorOptions>(DeviceType.CoverCalibrator, "Simulated cover and lamp", (o, options, context) => o.Fit(options, context)),
        Simulator<DomeOptions>(DeviceType.Dome, "Simulated dome", (o, options, context) => o.Fit(options, context)),
        Simulator<FilterWheelOptions>(DeviceType.FilterWheel, "Simulated filter wheel", (o, options, context) => o.Fit(options, context)),
        Simulator<FocuserOptions>(DeviceType.Focuser, "Simulated focuser", (o, options, context) => o.Fit(options, context)),
        Simulator<DeviceOptions>(DeviceType.ObservingConditions, "Simulated weather station", (o, _, context) => o.FitWeatherStation(context)),
        Simulator<RotatorOptions>(DeviceType.Rotator, "Simulated rotator", (o, options, context) => o.Fit(options, context)),
        Simulator<SafetyMonitorOptions>(DeviceType.SafetyMonitor, "Simulated safety monitor", (o, options, context) => o.Fit(options, context)),
        Simulator<SwitchOptions>(DeviceType.Switch, "Simulated power box", (o, options, context) => o.Fit(options, context)),
        Simulator<MountOptions>(DeviceType.Telescope, "Simulated mount", (o, options, context) => o.Fit(options, context)),
    ];

    /// <summary>The simulated observatory that the simulators of a server are parts of: the one offered under the empty name, else a plain one without stars.</summary>
    public static SimulatedObservatory ObservatoryOf(DriverContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Shared.Get("", () => new SimulatedObservatory(new SimulationOptions { Cameras = [] }, context.Clock));
    }

    private static Driver Simulator<TOptions>(DeviceType type, string title, Func<SimulatedObservatory, TOptions, DriverContext, IAlpacaDevice> fit)
        where TOptions : class, new() =>
        Driver.Of<TOptions>(
            Driver.Simulator,
            type,
            title,
            (options, context) => fit(ObservatoryOf(context), options, context));
}
