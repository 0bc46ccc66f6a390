using System.Collections.Concurrent;
using System.Globalization;
using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Mount;
using Alpaca.Simulators.Power;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators;

/// <content>
/// Devices fitted one by one, as a server's configuration has them. The first of a type that is fitted becomes part of the observatory: cameras look through it from
/// then on. One fitted again under its number takes its own place; others of the type stand beside the observatory and work for themselves.
/// </content>
public sealed partial class SimulatedObservatory
{
    private readonly ConcurrentDictionary<DeviceType, uint> _parts = new();

    internal SimulatedCamera Fit(CameraOptions options, DriverContext context) =>
        new(Identity(context, DeviceType.Camera), options, Renderer(options with { IsOnMainTrain = options.IsOnMainTrain ?? IsPart(DeviceType.Camera, context) }, (int)context.Number), _observatory, _clock);

    internal SimulatedCoverCalibrator Fit(CoverCalibratorOptions options, DriverContext context)
    {
        var cover = new SimulatedCoverCalibrator(Identity(context, DeviceType.CoverCalibrator), options, _clock);
        if (IsPart(DeviceType.CoverCalibrator, context))
            _observatory.Cover = cover;
        return cover;
    }

    internal SimulatedDome Fit(DomeOptions options, DriverContext context)
    {
        var dome = new SimulatedDome(Identity(context, DeviceType.Dome), options, _clock);
        if (IsPart(DeviceType.Dome, context))
            _observatory.Dome = dome;
        return dome;
    }

    internal SimulatedFilterWheel Fit(FilterWheelOptions options, DriverContext context)
    {
        var wheel = new SimulatedFilterWheel(Identity(context, DeviceType.FilterWheel), options, _clock);
        if (IsPart(DeviceType.FilterWheel, context))
            _observatory.Wheel = wheel;
        return wheel;
    }

    internal SimulatedFocuser Fit(FocuserOptions options, DriverContext context)
    {
        var focuser = new SimulatedFocuser(Identity(context, DeviceType.Focuser), options, _observatory.Weather, _clock);
        if (IsPart(DeviceType.Focuser, context))
            _observatory.Focuser = focuser;
        return focuser;
    }

    internal SimulatedObservingConditions FitWeatherStation(DriverContext context) =>
        new(Identity(context, DeviceType.ObservingConditions), _observatory.Weather, _observatory.Glow, _clock);

    internal SimulatedRotator Fit(RotatorOptions options, DriverContext context)
    {
        var rotator = new SimulatedRotator(Identity(context, DeviceType.Rotator), options, _clock);
        if (IsPart(DeviceType.Rotator, context))
            _observatory.Rotator = rotator;
        return rotator;
    }

    internal SimulatedSafetyMonitor Fit(SafetyMonitorOptions options, DriverContext context) =>
        new(Identity(context, DeviceType.SafetyMonitor), options, _observatory.Weather, _clock);

    internal SimulatedSwitch Fit(SwitchOptions options, DriverContext context) =>
        new(Identity(context, DeviceType.Switch), options, Options.Seed + context.Number, _clock);

    internal SimulatedTelescope Fit(MountOptions options, DriverContext context)
    {
        var mount = new SimulatedTelescope(Identity(context, DeviceType.Telescope), options, _observatory.Sky, _clock);
        if (IsPart(DeviceType.Telescope, context))
            _observatory.Mount = mount;
        return mount;
    }

    private static DeviceIdentity Identity(DriverContext context, DeviceType type) => context.Identity with
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"Alpaca {type.ToString().ToLowerInvariant()} simulator, number {context.Number}"),
        DriverInfo = DriverInfo,
        DriverVersion = DriverVersion,
    };

    private bool IsPart(DeviceType type, DriverContext context) => _parts.GetOrAdd(type, context.Number) == context.Number;
}
