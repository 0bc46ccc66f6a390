using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Observing;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;
using Sequencer.Imaging;

namespace Sequencer.Core.Tests.Observing;

/// <summary>A small observatory on a virtual clock: a sky, a mount, cameras, and a folder for the frames.</summary>
internal sealed class TestObservatory : IDisposable
{
    public static readonly SkyPosition Target = SkyPosition.FromDegrees(83.82, 35.4);

    public TestObservatory(int cameras = 1, Func<TestObservatory, TestMount>? mount = null, Func<PointingOptions, PointingOptions>? pointing = null)
    {
        Clock = new VirtualClock(new DateTimeOffset(2026, 1, 10, 6, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(1));
        Journal = new Journal(Path.Combine(Root, "journal.jsonl"), Clock, Root);
        Mount = mount?.Invoke(this) ?? new TestMount(Clock, Target);
        Devices = [.. Enumerable.Range(0, cameras).Select(i => new TestCamera(Clock, n => Render(i, n)))];
        Wheel = new TestWheel(Clock, "Luminance", "Red", "Green", "Red narrow");
        Cameras = [.. Devices.Select((device, i) => new CameraUnit(device, Settings(i), Clock, Journal, i == 0 ? Wheel : null))];
        Solver = new CatalogueSolver(Sky.Catalogue, Clock);
        Configuration = new ObservatoryConfiguration
        {
            Name = "Test unit",
            Directories = new DirectoryOptions { Images = Path.Combine(Root, "images") },
            Pointing = (pointing ?? (options => options))(new PointingOptions { MaxAttempts = 3, ThresholdArcsec = 30 }),
            Observations = new ObservationsOptions { CompressFits = false, MakePrettyImages = false },
            Solver = new SolverOptions { RadiusDegrees = 1.2 },
        };
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("observing-").FullName;

    public VirtualClock Clock { get; }

    public Journal Journal { get; }

    public TestSky Sky { get; } = new(Target);

    public TestMount Mount { get; }

    public TestWheel Wheel { get; }

    public List<TestCamera> Devices { get; }

    public List<CameraUnit> Cameras { get; }

    public IPlateSolver Solver { get; set; }

    public ObservatoryConfiguration Configuration { get; set; }

    public MemoryRecordStore Records => field ??= new MemoryRecordStore(Clock);

    public string? Unsafe { get; set; }

    /// <summary>Replaces what the cameras deliver.</summary>
    public Func<int, int, ImageArray>? Pixels { get; set; }

    public List<JournalEntry> Entries(string name) => [.. Journal.Read(Journal.Path!).Where(entry => entry.Event == name)];

    public static Observation Observation(int exposures = 3, double seconds = 60, string? filter = null, bool dark = false) => new(
        new Field("Test Field - 32b", Target.RightAscension.Degrees, Target.Declination.Degrees),
        new ObservationPlan { ExposureTimes = [TimeSpan.FromSeconds(seconds)], MinExposures = exposures, SetSize = 1, FilterName = filter, Dark = dark, Tags = ["a", "b"] });

    public ObservingSession Session() => new(new ObservingSetup
    {
        Configuration = Configuration,
        Site = Site.FromDegrees("Mauna Loa", 19.54, -155.58, 3400),
        Cameras = Cameras,
        Mount = Mount,
        Solver = Solver,
        Records = Records,
        Journal = Journal,
        Clock = Clock,
        UnsafeReason = () => Unsafe,
    });

    /// <summary>Connects and runs; the clock starts and ends here.</summary>
    public void Run(Func<ObservingSession, Task> night) => Clock.Run(async () =>
    {
        var session = Session();
        await session.ConnectAsync();
        await night(session);
    });

    /// <summary>Does something to the observatory after a while.</summary>
    public async void After(double seconds, Action action)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), Clock);
        action();
    }

    public void Dispose()
    {
        Journal.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private static CameraSettings Settings(int i) => new()
    {
        Name = $"Cam{i:00}",
        Uid = $"ca000{i}",
        Primary = i == 0,
        ReadoutTime = TimeSpan.FromSeconds(2),
        Timeout = TimeSpan.FromSeconds(20),
    };

    private ImageArray Render(int camera, int number) => Pixels?.Invoke(camera, number) ?? Sky.Frame(Mount.True, (camera * 1000) + number);
}
