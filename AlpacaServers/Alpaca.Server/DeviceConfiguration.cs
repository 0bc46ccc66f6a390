using Alpaca.Contract;
using Alpaca.Simulators;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Weather;

namespace Alpaca.Server;

/// <summary>Reads the devices of a configuration into the simulated observatory.</summary>
internal static class DeviceConfiguration
{
    private static readonly Dictionary<string, Func<SimulationOptions, ConfigurationSection, DeviceOptions, SimulationOptions>> Readers = new(StringComparer.Ordinal)
    {
        ["camera"] = Camera,
        ["covercalibrator"] = (o, c, d) => o with { CoverCalibrator = CoverCalibrator(c, o.CoverCalibrator) with { Name = d.Name } },
        ["dome"] = (o, c, d) => o with { Dome = Dome(c, o.Dome) with { Name = d.Name } },
        ["filterwheel"] = (o, c, d) => o with { FilterWheel = FilterWheel(c, o.FilterWheel) with { Name = d.Name } },
        ["focuser"] = (o, c, d) => o with { Focuser = Focuser(c, o.Focuser) with { Name = d.Name } },
        ["observingconditions"] = (o, _, d) => o with { ObservingConditions = d },
        ["rotator"] = (o, c, d) => o with { Rotator = o.Rotator with { Speed = c.Number("speed", o.Rotator.Speed, 0.1, 90), Name = d.Name } },
        ["safetymonitor"] = (o, c, d) => o with { SafetyMonitor = SafetyMonitor(c, o.SafetyMonitor) with { Name = d.Name } },
        ["switch"] = (o, _, d) => o with { Switch = o.Switch with { Name = d.Name } },
        ["telescope"] = (o, c, d) => o with { Mount = TelescopeConfiguration.Read(c, o.Mount) with { Name = d.Name } },
    };

    /// <summary>The device types there are.</summary>
    public static IEnumerable<string> Types => Readers.Keys;

    /// <summary>Reads the list of devices; a camera more for each entry of that type.</summary>
    public static (SimulationOptions Options, IReadOnlyList<PublishedDevice> Devices) Read(IReadOnlyList<ConfigurationSection> sections, SimulationOptions options)
    {
        options = options with { Cameras = [] };
        var devices = new List<PublishedDevice>();
        foreach (var section in sections)
        {
            var type = section.Text("type", "");
            if (!Readers.TryGetValue(type, out var read))
                throw section.Wrong("type", $"\"{type}\" is not a device type. The types are {string.Join(", ", Readers.Keys)}.");
            if (section.Text("driver", "simulator") is not "simulator" and var driver)
                throw section.Wrong("driver", $"there is no driver \"{driver}\". The drivers are: simulator.");
            var sameType = devices.Count(d => d.Type == type);
            if (sameType > 0 && type != "camera")
                throw section.Wrong("type", $"there is a second {type}; a simulated observatory has one, though it may have several cameras.");
            var device = new PublishedDevice(type, (uint)section.Integer("number", sameType, 0));
            if (devices.Contains(device))
                throw section.Wrong("number", $"{type} {device.Number} is there twice. Give each its own number.");
            var name = section.Text("name", "");
            options = read(options, section, new DeviceOptions { Name = name.Length == 0 ? null : name });
            section.ThrowIfAnyIsUnknown();
            devices.Add(device);
        }

        return (options, devices);
    }

    private static SimulationOptions Camera(SimulationOptions options, ConfigurationSection c, DeviceOptions device)
    {
        var d = new CameraOptions();
        var camera = d with
        {
            Name = device.Name,
            Width = c.Integer("width", d.Width, 16, 20000),
            Height = c.Integer("height", d.Height, 16, 20000),
            PixelSize = c.Number("pixel_size", d.PixelSize, 0.5, 100),
            FocalLength = c.OptionalNumber("focal_length", 5, 100_000),
            Aperture = c.OptionalNumber("aperture", 1, 20_000),
            Rotation = c.Number("rotation", d.Rotation, -360, 360),
            BoresightLeft = c.Number("boresight_left", d.BoresightLeft, -600, 600),
            BoresightUp = c.Number("boresight_up", d.BoresightUp, -600, 600),
            IsMirrored = c.Flag("mirrored", d.IsMirrored),
            IsOnMainTrain = c.Flag("main_train", options.Cameras.Count == 0),
            OpticalBlur = c.Number("optical_blur", d.OpticalBlur, 0, 600),
            Vignetting = c.Number("vignetting", d.Vignetting, 0, 1),
            Sensor = c.Choice("sensor", d.Sensor, new Dictionary<string, SensorType>(StringComparer.Ordinal)
            {
                ["mono"] = SensorType.Monochrome,
                ["rggb"] = SensorType.RGGB,
                ["color"] = SensorType.Color,
            }),
            HasShutter = c.Flag("shutter", d.HasShutter),
            HasCooler = c.Flag("cooler", d.HasCooler),
            MaxBin = c.Integer("max_bin", d.MaxBin, 1, 16),
            CanAsymmetricBin = c.Flag("asymmetric_bin", d.CanAsymmetricBin),
            FullWell = c.Number("full_well", d.FullWell, 100, 1e7),
            ReadNoise = c.Number("read_noise", d.ReadNoise, 0, 1000),
            ElectronsPerCount = c.Number("electrons_per_count", d.ElectronsPerCount, 0.001, 1000),
            ReadoutTime = c.Number("readout_time", d.ReadoutTime, 0, 120),
        };
        return options with { Cameras = [.. options.Cameras, camera] };
    }

    private static CoverCalibratorOptions CoverCalibrator(ConfigurationSection c, CoverCalibratorOptions d) => d with
    {
        CoverTime = c.Number("cover_time", d.CoverTime, 0.1, 300),
        MaxBrightness = c.Integer("max_brightness", d.MaxBrightness, 1),
        LampTime = c.Number("lamp_time", d.LampTime, 0.1, 300),
        StartsOpen = c.Flag("starts_open", d.StartsOpen),
    };

    private static DomeOptions Dome(ConfigurationSection c, DomeOptions d) => d with
    {
        Opening = c.Choice("opening", d.Opening, new Dictionary<string, DomeOpening>(StringComparer.Ordinal) { ["clamshell"] = DomeOpening.Clamshell, ["slit"] = DomeOpening.Slit }),
        HasAzimuth = c.Flag("azimuth", d.HasAzimuth),
        AzimuthSpeed = c.Number("azimuth_speed", d.AzimuthSpeed, 0.1, 90),
        ShutterTime = c.Number("shutter_time", d.ShutterTime, 0.1, 600),
        SlitWidth = c.Number("slit_width", d.SlitWidth, 1, 180),
    };

    private static FilterWheelOptions FilterWheel(ConfigurationSection c, FilterWheelOptions d)
    {
        var filters = c.Sections("filters")?.Select(f =>
        {
            var filter = new Filter(f.Text("name", ""), f.Integer("focus_offset", 0), f.Number("transmission", 1, 0, 1));
            f.ThrowIfAnyIsUnknown();
            return filter.Name.Length > 0 ? filter : throw f.Wrong("name", "a filter needs a name.");
        }).ToArray();
        return d with
        {
            Filters = filters is null ? d.Filters : filters.Length > 0 ? filters : throw c.Wrong("filters", "a filter wheel needs a filter."),
            SecondsPerSlot = c.Number("seconds_per_slot", d.SecondsPerSlot, 0.01, 60),
        };
    }

    private static FocuserOptions Focuser(ConfigurationSection c, FocuserOptions d) => d with
    {
        IsAbsolute = c.Flag("absolute", d.IsAbsolute),
        MaxStep = c.Integer("max_step", d.MaxStep, 10),
        StepSize = c.Number("step_size", d.StepSize, 0.001, 1000),
        Speed = c.Number("speed", d.Speed, 1, 1e6),
        InitialPosition = c.Integer("initial_position", d.InitialPosition, 0),
        BestPosition = c.Number("best_position", d.BestPosition),
        StepsPerDegree = c.Number("steps_per_degree", d.StepsPerDegree),
    };

    private static SafetyMonitorOptions SafetyMonitor(ConfigurationSection c, SafetyMonitorOptions d) => d with
    {
        Thresholds = new SafetyThresholds
        {
            CloudCover = c.Number("cloud_cover", d.Thresholds.CloudCover, 0, 100),
            Humidity = c.Number("humidity", d.Thresholds.Humidity, 0, 100),
            WindSpeed = c.Number("wind_speed", d.Thresholds.WindSpeed, 0),
            WindGust = c.Number("wind_gust", d.Thresholds.WindGust, 0),
            RainRate = c.Number("rain_rate", d.Thresholds.RainRate, 0),
        },
    };
}
