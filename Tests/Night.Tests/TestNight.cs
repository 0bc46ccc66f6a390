using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Simulators;
using Alpaca.Simulators.Weather;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Night;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;
using Sequencer.Imaging;

namespace Night.Tests;

/// <summary>A whole night in one process: real sequencer, simulated devices without sockets, virtual time, files in a temporary folder.</summary>
internal sealed class TestNight : IDisposable
{
    /// <summary>An hour before the Sun sets at Mauna Loa; the dark time is 05:24 to 14:47 UTC.</summary>
    public static readonly DateTimeOffset Dusk = new(2026, 1, 15, 4, 30, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("night").FullName;

    public long Seed { get; init; } = 1;

    public WeatherScript Weather { get; init; } = WeatherScript.Clear;

    public string Table { get; init; } = "classic";

    public TimeSpan? Length { get; init; }

    /// <summary>The only target, by name; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Position of a target in place of all others; null for those.</summary>
    public string? Single { get; init; }

    /// <summary>The mount is not parked when the night begins.</summary>
    public bool StartsUnparked { get; init; }

    /// <summary>Looks at the true state when the night is over.</summary>
    public Func<SimulatedObservatory, Task> AtTheEnd { get; init; } = _ => Task.CompletedTask;

    public TimeSpan Exposure { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Puts faults between sequencer and devices.</summary>
    public Func<NightDevices, TimeProvider, NightDevices> Between { get; init; } = (devices, _) => devices;

    /// <summary>Runs beside the night, on its clock.</summary>
    public Func<TimeProvider, CancellationTokenSource, Task> Beside { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Changes the configuration.</summary>
    public Func<ObservatoryConfiguration, ObservatoryConfiguration> Configure { get; init; } = configuration => configuration;

    public NightResult Result { get; private set; } = null!;

    public IReadOnlyList<JournalEntry> Journal { get; private set; } = [];

    public string JournalText { get; private set; } = "";

    public NightSummary Summary { get; private set; } = null!;

    public SimulatedObservatory Observatory { get; private set; } = null!;

    public bool IsReallyClosed { get; private set; }

    public bool IsReallyParked { get; private set; }

    public string Images => Path.Combine(_folder, "images");

    public IEnumerable<JournalEntry> Events(string name) => Journal.Where(entry => entry.Event == name);

    public TestNight Run()
    {
        var clock = new VirtualClock(Dusk, TimeSpan.FromDays(2));
        var targets = Targets();
        var sky = SyntheticSky.Around(targets.Select(target => target.Field.Position));
        Observatory = new SimulatedObservatory(
            new SimulationOptions
            {
                Seed = Seed,
                Weather = Weather,
                Stars = sky,
                Cameras = [new Alpaca.Simulators.Imaging.CameraOptions { Width = 400, Height = 300, PixelSize = 18, OpticalBlur = 30 }],
            },
            clock);
        var journalPath = Path.Combine(_folder, "journal.jsonl");
        clock.Run(async () =>
        {
            using var cancel = new CancellationTokenSource();
            using var journal = new Journal(journalPath, clock, _folder);
            var beside = Beside(clock, cancel);
            if (StartsUnparked)
            {
                await Observatory.Telescope.SetConnectedAsync(true);
                if (await Observatory.Telescope.AtParkAsync()) await Observatory.Telescope.UnparkAsync();
            }
            Result = await NightRun.RunAsync(
                new NightOptions { Targets = Targets, Length = Length, Seed = Seed, Disks = () => new DiskSpace(1_000_000_000_000, 1_000_000_000_000) },
                Configure(Configuration()), Between(Devices(), clock), clock, new CatalogueSolver(sky.Catalogue, clock), journal, cancel.Token);
            await beside;
            // The truth, read past the sequencer, which has let go of the devices.
            await Observatory.Dome.SetConnectedAsync(true);
            await Observatory.Telescope.SetConnectedAsync(true);
            IsReallyClosed = await Observatory.Dome.ShutterStatusAsync() == ShutterState.Closed;
            IsReallyParked = await Observatory.Telescope.AtParkAsync();
            await AtTheEnd(Observatory);
        });
        Assert.True(clock.StrayPosts == 0, $"{clock.StrayPosts} continuations left the virtual clock's loop, first {clock.FirstStray}.");
        JournalText = File.ReadAllText(journalPath);
        Journal = [.. Sequencer.Core.Records.Journal.Read(journalPath)];
        Summary = NightSummary.FromJournal(journalPath);
        return this;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private NightDevices Devices() => new()
    {
        Telescope = Observatory.Telescope,
        Dome = Observatory.Dome,
        CoverCalibrator = Observatory.CoverCalibrator,
        SafetyMonitors = [Observatory.SafetyMonitor],
        ObservingConditions = Observatory.ObservingConditions,
        Switch = Observatory.Switch,
        Cameras = [new CameraDevices(Observatory.Cameras[0], Observatory.FilterWheel, Observatory.Focuser, Observatory.Rotator)],
    };

    private ObservatoryConfiguration Configuration() => new()
    {
        StateMachine = Table,
        Directories = new DirectoryOptions { Base = _folder, Images = Images, Fields = _folder, Logs = _folder },
        Db = new DbOptions { Type = DbKind.Memory },
        Pointing = new PointingOptions { MaxAttempts = 3, Exptime = TimeSpan.FromSeconds(20) },
        Cameras = new CamerasOptions { Devices = [new CameraOptions { Name = "Cam00", Uid = "cam000", Primary = true, FocalLengthMillimetres = 200 }] },
        Observations = new ObservationsOptions { CompressFits = false, MakePrettyImages = false },
        Safety = new SafetyOptions { AcPowerSwitch = 6 },
        Solver = new SolverOptions { Kind = SolverKind.Catalogue, RadiusDegrees = 3 },
    };

    private List<Observation> Targets() => Single is { } position ? [Target("Single", position, 100)] : [.. AllTargets().Where(target => Only is null || target.Name == Only)];

    private List<Observation> AllTargets() =>
    [
        Target("North West", "02h20m00s +20d00m00s", 100),
        Target("Evening", "05h00m00s +15d00m00s", 100),
        Target("Midnight", "08h30m00s +22d00m00s", 100),
        Target("Morning", "11h30m00s +12d00m00s", 100),
        Target("Late", "14h00m00s +25d00m00s", 100),
    ];

    private Observation Target(string name, string position, double priority) => new(
        new Field(name, SkyPosition.Parse(position)),
        new ObservationPlan { Priority = priority, ExposureTimes = [Exposure], MinExposures = 10, SetSize = 5 });
}
