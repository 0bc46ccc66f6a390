using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Night;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;
using Sequencer.Core.Tests.Equipment;
using Sequencer.Core.Tests.Observing;
using Sequencer.Core.Tests.Scheduling;
using ObservationPlan = Sequencer.Core.Scheduling.ObservationPlan;

namespace Sequencer.Core.Tests.Night;

/// <summary>A unit of test devices on a virtual clock, with a state machine whose busy states are replaced, so that the machine itself is what is tested.</summary>
internal sealed class TestUnit : IDisposable
{
    private readonly List<JournalEntry> _journal = [];

    public TestUnit(
        string table = "classic", bool withScheduler = true, Func<ObservatoryConfiguration, ObservatoryConfiguration>? configure = null, DateTimeOffset? start = null,
        INightSky? sky = null, TimeSpan? length = null)
    {
        Clock = new VirtualClock(start ?? new DateTimeOffset(2026, 1, 15, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(3));
        Journal = new Journal(Clock);
        Journal.Written += _journal.Add;
        Telescope = new TestTelescope(Clock);
        Dome = new TestDome(Clock);
        Monitor = new TestMonitor(Clock);
        var configuration = (configure ?? (same => same))(new ObservatoryConfiguration { Simulator = [Simulation.Power] });
        var site = configuration.Location.Site();
        var poll = configuration.Alpaca.PollInterval;
        Scheduler = new DispatchScheduler(new SchedulingRules(), sky ?? new FakeSky(), () => [.. Targets]);
        Observatory = new Observatory
        {
            Configuration = configuration,
            Clock = Clock,
            Journal = Journal,
            Records = new MemoryRecordStore(Clock),
            Site = site,
            Sky = sky ?? new FakeSky(),
            Enclosure = new Enclosure(Dome, null, configuration.Dome, poll, Clock, Journal),
            Surroundings = new Surroundings([Monitor], null, null, configuration, () => Disks, Clock, Journal),
            Mount = new Mount(Telescope, configuration.Mount, site, poll, Clock, Journal),
            Scheduler = withScheduler ? Scheduler : null,
            Cameras = [new CameraUnit(new TestCamera(Clock, _ => throw new InvalidOperationException()), new CameraSettings { Name = "Cam00", Uid = "cam000" }, Clock, Journal)],
        };
        Context = new NightContext(Observatory, StateTable.Load(table)) { EndsAt = Clock.GetUtcNow() + (length ?? TimeSpan.FromHours(6)) };
        Handlers = new Dictionary<string, INightState>(StateHandlers.For(table));
    }

    public VirtualClock Clock { get; }

    public Journal Journal { get; }

    public TestTelescope Telescope { get; }

    public TestDome Dome { get; }

    public TestMonitor Monitor { get; }

    public Observatory Observatory { get; }

    public DispatchScheduler Scheduler { get; }

    public NightContext Context { get; }

    public Dictionary<string, INightState> Handlers { get; }

    public DiskSpace Disks { get; set; } = new(1_000_000_000_000, 1_000_000_000_000);

    public List<Observation> Targets { get; } =
        [new(new Field("One", SkyPosition.FromDegrees(75, 20)), new ObservationPlan { MinExposures = 1, SetSize = 1 })];

    public NightMachine Machine => field ??= new NightMachine(Context, Handlers);

    public IEnumerable<string> Warnings => _journal.Where(entry => entry.Event is "warning" or "alarm").Select(entry => entry.Text("message")!);

    public IReadOnlyList<string> States => [.. _journal.Where(entry => entry.Event == "state").Select(entry => entry.Text("to")!)];

    public IEnumerable<JournalEntry> Events(string name) => _journal.Where(entry => entry.Event == name);

    /// <summary>Replaces what happens on entering a state.</summary>
    public TestUnit On(string state, Func<NightContext, CancellationToken, Task<string?>> enter)
    {
        Handlers[state] = new Scripted(enter);
        return this;
    }

    public TestUnit On(string state, string? next) => On(state, (_, _) => Task.FromResult(next));

    /// <summary>Runs on the clock; connects first.</summary>
    public void Run(Func<Task> test) => Clock.Run(async () =>
    {
        Assert.True(await Machine.InitializeAsync(CancellationToken.None));
        await test();
    });

    /// <summary>Runs with the watch beside.</summary>
    public void RunWatched(Func<Task> test) => Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var watch = new Watch(Context).RunAsync(stop.Token);
        await test();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    });

    public void Dispose()
    {
        Context.Dispose();
        Journal.Dispose();
    }

    private sealed class Scripted(Func<NightContext, CancellationToken, Task<string?>> enter) : INightState
    {
        public Task<string?> EnterAsync(NightContext night, CancellationToken cancel) => enter(night, cancel);
    }
}
