namespace Sequencer.Core.Configuration;

/// <summary>One observatory, as its YAML file describes it. Everything has a default, so a test can build one in a line.</summary>
public sealed record ObservatoryConfiguration
{
    /// <summary>Name of the unit; FITS OBSERVER.</summary>
    public string Name { get; init; } = "Generic PANOPTES Unit";

    /// <summary>Identity of the unit in file names and records.</summary>
    public string PanId { get; init; } = "PAN000";

    /// <summary>Where the observatory stands.</summary>
    public LocationOptions Location { get; init; } = new();

    /// <summary>Where files are read and written.</summary>
    public DirectoryOptions Directories { get; init; } = new();

    /// <summary>The local record store.</summary>
    public DbOptions Db { get; init; } = new();

    /// <summary>How long the state machine waits before it looks again (dark, safe).</summary>
    public TimeSpan WaitDelay { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>How often a refused transition is tried again before the unit parks.</summary>
    public int MaxTransitionAttempts { get; init; } = 5;

    /// <summary>How many abnormal parkings a night survives.</summary>
    public int MaxObservingAttempts { get; init; } = 3;

    /// <summary>Name of a shipped state table (classic, compact, calibrating) or an absolute path.</summary>
    public string StateMachine { get; init; } = "classic";

    /// <summary>What to observe and by which rules.</summary>
    public SchedulerOptions Scheduler { get; init; } = new();

    /// <summary>How the mount is used.</summary>
    public MountOptions Mount { get; init; } = new();

    /// <summary>How the dome is used.</summary>
    public DomeOptions Dome { get; init; } = new();

    /// <summary>Pointing by plate solution.</summary>
    public PointingOptions Pointing { get; init; } = new();

    /// <summary>The cameras with their wheels and focusers.</summary>
    public CamerasOptions Cameras { get; init; } = new();

    /// <summary>The surroundings: weather.</summary>
    public EnvironmentOptions Environment { get; init; } = new();

    /// <summary>What happens to every frame.</summary>
    public ObservationsOptions Observations { get; init; } = new();

    /// <summary>How a visit is cut.</summary>
    public ObservingOptions Observing { get; init; } = new();

    /// <summary>The plate solver.</summary>
    public SolverOptions Solver { get; init; } = new();

    /// <summary>The Alpaca devices and how to talk to them.</summary>
    public AlpacaOptions Alpaca { get; init; } = new();

    /// <summary>Switches that stand in for a real answer. None by default.</summary>
    public IReadOnlyList<Simulation> Simulator { get; init; } = [];

    /// <summary>The interlock.</summary>
    public SafetyOptions Safety { get; init; } = new();

    /// <summary>Whether a simulation switch is on.</summary>
    public bool Simulates(Simulation simulation) => Simulator.Contains(simulation);

    /// <summary>The limits of <see cref="Sequencer.Safety"/> that follow from this configuration.</summary>
    public Sequencer.Safety.SafetyPolicy SafetyPolicy() => new()
    {
        WeatherMaxAge = Environment.Weather.MaxAge,
        WeatherHold = Environment.Weather.SafetyDelay,
        PowerMaxAge = Safety.PowerMaxAge,
        PowerDebounce = Safety.Debounce,
        RequiredFreeBytes = (long)(Safety.RequiredFreeSpaceGigabytes * 1e9),
        DomeClosedIsWeatherSafe = Safety.DomeClosedIsWeatherSafe,
        SimulatePower = Simulates(Simulation.Power),
        SimulateNight = Simulates(Simulation.Night),
        SimulateWeather = Simulates(Simulation.Weather),
    };
}
