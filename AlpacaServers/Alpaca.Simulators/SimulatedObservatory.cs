using Alpaca.Astronomy;
using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Mount;
using Alpaca.Simulators.Power;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators;

/// <summary>
/// Ten devices of one observatory under one sky. They share a single physical model: the cameras see what the mount really points at, through the dome,
/// cover, filter and focus of that moment, in the weather that the weather station measures.
/// </summary>
public sealed partial class SimulatedObservatory
{
    private const string DriverInfo = "Alpaca simulated observatory: one sky, one mount, ten devices";
    private const string DriverVersion = "0.1";

    private readonly Observatory _observatory;
    private readonly TimeProvider _clock;
    private readonly FrameRenderer[] _renderers;

    public SimulatedObservatory(SimulationOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _clock = clock;
        var sky = new SimulatedSky(options.Site);
        var weather = new WeatherModel(options.Site, options.Seed, options.Weather);
        var glow = new SkyGlow(sky, weather);
        Telescope = new(Identity(options.Mount, "telescope", 0, "Simulated mount"), options.Mount, sky, clock);
        Dome = new(Identity(options.Dome, "dome", 0, "Simulated dome"), options.Dome, clock);
        CoverCalibrator = new(Identity(options.CoverCalibrator, "covercalibrator", 0, "Simulated cover and lamp"), options.CoverCalibrator, clock);
        FilterWheel = new(Identity(options.FilterWheel, "filterwheel", 0, "Simulated filter wheel"), options.FilterWheel, clock);
        Focuser = new(Identity(options.Focuser, "focuser", 0, "Simulated focuser"), options.Focuser, weather, clock);
        Rotator = new(Identity(options.Rotator, "rotator", 0, "Simulated rotator"), options.Rotator, clock);
        Switch = new(Identity(options.Switch, "switch", 0, "Simulated power box"), options.Switch, options.Seed, clock);
        SafetyMonitor = new(Identity(options.SafetyMonitor, "safetymonitor", 0, "Simulated safety monitor"), options.SafetyMonitor, weather, clock);
        ObservingConditions = new(Identity(options.ObservingConditions, "observingconditions", 0, "Simulated weather station"), weather, glow, clock);
        _observatory = new Observatory(sky, weather, glow)
        {
            Mount = Telescope,
            FollowedMount = options.FollowedMount,
            Dome = Dome,
            FollowedDome = options.FollowedDome,
            Cover = CoverCalibrator,
            Wheel = FilterWheel,
            Focuser = Focuser,
            Rotator = Rotator,
        };
        _renderers = [.. options.Cameras.Select(Renderer)];
        Cameras = [.. options.Cameras.Select((camera, number) => new SimulatedCamera(
            Identity(camera, "camera", number, "Simulated camera"), camera, _renderers[number], _observatory, clock))];
    }

    /// <summary>What it was made from.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The cameras, by device number.</summary>
    public IReadOnlyList<SimulatedCamera> Cameras { get; }

    public SimulatedCoverCalibrator CoverCalibrator { get; }

    public SimulatedDome Dome { get; }

    public SimulatedFilterWheel FilterWheel { get; }

    public SimulatedFocuser Focuser { get; }

    public SimulatedObservingConditions ObservingConditions { get; }

    public SimulatedRotator Rotator { get; }

    public SimulatedSafetyMonitor SafetyMonitor { get; }

    public SimulatedSwitch Switch { get; }

    public SimulatedTelescope Telescope { get; }

    /// <summary>All devices, as the contract has them; the position among those of a type is the device number.</summary>
    public IReadOnlyList<IAlpacaDevice> Devices =>
        [.. Cameras, CoverCalibrator, Dome, FilterWheel, Focuser, ObservingConditions, Rotator, SafetyMonitor, Switch, Telescope];

    /// <summary>The truth that a plate solution should find: the ICRS place in the middle of a camera's sensor at a time, hours back.</summary>
    public SkyPosition TruePointing(DateTimeOffset time, int camera = 0) => _renderers[camera].CentreAt(time);

    /// <summary>Where a star's light falls on a camera's unbinned sensor at a time: column and row, 0 in the middle of the first pixel; null behind the camera.</summary>
    public (double X, double Y)? TruePixel(SkyPosition star, DateTimeOffset time, int camera = 0) => _renderers[camera].PixelOf(star, time);

    private FrameRenderer Renderer(CameraOptions camera, int number) =>
        new(camera with { IsOnMainTrain = camera.IsOnMainTrain ?? number == 0 }, _observatory, Options.Stars, Options.Seed + number);

    private DeviceIdentity Identity(DeviceOptions device, string type, int number, string name)
    {
        var suffix = number == 0 ? "" : FormattableString.Invariant($" {number + 1}");
        return new DeviceIdentity(
            device.Name ?? name + suffix,
            FormattableString.Invariant($"Alpaca {type} simulator, number {number}"),
            device.UniqueId ?? FormattableString.Invariant($"sim-{new SeededNoise(Options.Seed, type).Bits(number):x16}"),
            DriverInfo,
            DriverVersion);
    }
}
