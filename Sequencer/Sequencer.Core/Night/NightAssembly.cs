using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Observing;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;
using Sequencer.Imaging;
using Sequencer.Safety;

namespace Sequencer.Core.Night;

/// <summary>Puts an observatory together from its configuration and its devices.</summary>
internal static class NightAssembly
{
    public static Observatory Build(NightOptions options, ObservatoryConfiguration configuration, NightDevices devices, TimeProvider clock, Journal journal)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var site = configuration.Location.Site();
        var poll = configuration.Alpaca.PollInterval;
        var images = configuration.Directories.Images;
        return new Observatory
        {
            Configuration = configuration,
            Clock = clock,
            Journal = journal,
            Records = options.Records ?? Store(configuration, clock),
            Site = site,
            Sky = new NightSky(site),
            Enclosure = new Enclosure(devices.Dome, devices.CoverCalibrator, configuration.Dome, poll, clock, journal),
            Surroundings = new Surroundings(
                devices.SafetyMonitors, devices.ObservingConditions, devices.Switch, configuration, options.Disks ?? (() => DiskSpace.Read(images)), clock, journal),
            Mount = new Mount(devices.Telescope, configuration.Mount, site, poll, clock, journal),
            Scheduler = DispatchScheduler.For(configuration, journal.Warning, options.Targets),
            Cameras = Cameras(configuration, devices, clock, journal),
        };
    }

    public static ObservingSession? Session(NightContext night, IPlateSolver solver)
    {
        var observatory = night.Observatory;
        if (observatory.Mount is not { } mount) return null;
        return new ObservingSession(new ObservingSetup
        {
            Configuration = observatory.Configuration,
            Site = observatory.Site,
            Cameras = observatory.Cameras,
            Mount = new PointingMount(mount, cancel => DomeFollower.PointAsync(night, cancel)),
            Solver = solver,
            Records = observatory.Records,
            Journal = observatory.Journal,
            Clock = observatory.Clock,
            UnsafeReason = () => night.Operation.Interruption ?? night.Refusal(ObservatoryAction.Expose),
            Weather = () => observatory.Surroundings.Weather,
            BeforeExposure = new LimitGuard(night).BeforeExposureAsync,
            BeforePointing = new LimitGuard(night).BeforePointingAsync,
        });
    }

    private static RecordStore Store(ObservatoryConfiguration configuration, TimeProvider clock) => configuration.Db.Type == DbKind.Memory
        ? new MemoryRecordStore(clock)
        : new FileRecordStore(Path.Combine(configuration.Directories.Base, configuration.Db.Folder, configuration.Db.Name), clock);

    private static List<CameraUnit> Cameras(ObservatoryConfiguration configuration, NightDevices devices, TimeProvider clock, Journal journal)
    {
        var configured = configuration.Cameras.Devices;
        if (configured.Count != devices.Cameras.Count)
            throw new ConfigurationException($"The configuration has {configured.Count} cameras (cameras.devices) and {devices.Cameras.Count} were given: each needs its device.");
        return
        [
            .. configured.Zip(devices.Cameras, (camera, device) =>
                new CameraUnit(device.Camera, Settings(configuration, camera), clock, journal, device.FilterWheel, device.Focuser, device.Rotator)),
        ];
    }

    private static CameraSettings Settings(ObservatoryConfiguration configuration, CameraOptions camera) => new()
    {
        Name = camera.Name,
        Uid = camera.Uid ?? camera.Name,
        Primary = ReferenceEquals(camera, configuration.Cameras.Primary),
        ReadoutTime = camera.ReadoutTime ?? configuration.Cameras.Defaults.ReadoutTime,
        Timeout = camera.Timeout ?? configuration.Cameras.Defaults.Timeout,
        PollInterval = configuration.Alpaca.PollInterval,
        FocalLengthMm = camera.FocalLengthMillimetres,
        ApertureMm = camera.ApertureMillimetres,
        Binning = camera.Binning,
        Gain = camera.Gain,
        Offset = camera.Offset,
        CoolTo = camera.Cooling.Enabled ? camera.Cooling.TargetCelsius : null,
    };
}
