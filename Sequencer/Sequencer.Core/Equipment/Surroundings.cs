using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Records;
using Sequencer.Safety;
using ShutterState = Sequencer.Safety.ShutterState;

namespace Sequencer.Core.Equipment;

/// <summary>
/// What safety depends on outside the telescope: safety monitors, weather station, mains, disks. Sampled by the watch, judged by whoever asks. A source that does not answer is
/// unsafe.
/// </summary>
public sealed class Surroundings
{
    private static readonly TimeSpan PowerInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StationInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DiskInterval = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly SafetyWatch _watch;
    private readonly TimeProvider _clock;
    private readonly List<MonitorSource> _monitors;
    private readonly WeatherStation? _station;
    private readonly PowerSource? _power;
    private readonly Func<DiskSpace> _disks;
    private IReadOnlyList<SafetySource> _stationSources = [];
    private IReadOnlyList<SafetySource> _powerSources = [];
    private DiskSpace _space;
    private DateTimeOffset? _powerAt;
    private DateTimeOffset? _stationAt;
    private DateTimeOffset? _diskAt;
    private DateTimeOffset? _sampledAt;
    private Task? _sampling;

    /// <param name="monitors">All of them must say safe.</param>
    /// <param name="conditions">The weather station, or null. With a rain sensor it is a source of safety too.</param>
    /// <param name="power">The power board, or null.</param>
    /// <param name="configuration">Limits, and which switch shows the mains.</param>
    /// <param name="disks">Reads the free space of the disks.</param>
    /// <param name="clock">The night's clock.</param>
    /// <param name="journal">Takes the <c>device</c> and <c>weather</c> events.</param>
    public Surroundings(
        IReadOnlyList<ISafetyMonitor> monitors, IObservingConditions? conditions, ISwitch? power, ObservatoryConfiguration configuration, Func<DiskSpace> disks,
        TimeProvider clock, Journal journal)
    {
        ArgumentNullException.ThrowIfNull(monitors);
        ArgumentNullException.ThrowIfNull(configuration);
        _clock = clock;
        _disks = disks;
        _watch = new SafetyWatch(configuration.SafetyPolicy());
        _monitors = [.. monitors.Select((monitor, index) => new MonitorSource(monitor, monitors.Count == 1 ? "safety monitor" : $"safety monitor {index + 1}", clock, journal))];
        _station = conditions is null ? null : new WeatherStation(conditions, configuration.Environment.Weather.RecordInterval, clock, journal);
        _power = power is null || configuration.Safety.AcPowerSwitch is not { } number ? null : new PowerSource(power, number, clock, journal);
    }

    /// <summary>False until the session begins and after power-down: nothing is safe then.</summary>
    public bool Connected { get; set; }

    /// <summary>The links of all sources.</summary>
    public IEnumerable<DeviceLink> Links => [.. _monitors.Select(monitor => monitor.Link), .. new[] { _station?.Link, _power?.Link }.OfType<DeviceLink>()];

    /// <summary>The newest weather values; null before the first reading.</summary>
    public WeatherReading? Weather => _station?.Last;

    /// <summary>Free space, as last read.</summary>
    public DiskSpace Space => _space;

    /// <summary>Reads every source that is due and takes the sample into account. Callers that come meanwhile share it.</summary>
    /// <param name="shutter">The shutter as last read.</param>
    /// <param name="cancel">Ends this caller's wait.</param>
    public Task SampleAsync(ShutterState shutter, CancellationToken cancel)
    {
        var sampling = _sampling;
        if (sampling is null or { IsCompleted: true }) _sampling = sampling = SampleOnceAsync(shutter, CancellationToken.None);
        return sampling.WaitAsync(cancel);
    }

    /// <summary>Samples only if the last sample is older than <paramref name="age"/>.</summary>
    public Task FreshenAsync(TimeSpan age, ShutterState shutter, CancellationToken cancel) =>
        _sampledAt is { } at && _clock.GetUtcNow() - at <= age ? Task.CompletedTask : SampleAsync(shutter, cancel);

    /// <summary>Judges the newest samples.</summary>
    /// <param name="darkness">The Sun, and the horizon that is asked for.</param>
    /// <param name="ignore">Checks that do not count; none when null.</param>
    public SafetyVerdict Judge(Darkness darkness, IReadOnlySet<SafetyCheck>? ignore = null)
    {
        lock (_gate) return _watch.Verdict(_clock.GetUtcNow(), darkness, ignore);
    }

    /// <summary>Holds the weather unsafe for the safety delay, as after a power cut of unknown length.</summary>
    public void StartHeld()
    {
        lock (_gate) _watch.StartHeld();
    }

    private async Task SampleOnceAsync(ShutterState shutter, CancellationToken cancel)
    {
        var monitors = new List<SafetySource>();
        foreach (var monitor in _monitors) monitors.Add(await monitor.ReadAsync(cancel));
        // What must be quick is judged before what is slow is read.
        Observe(monitors, shutter);
        if (_power is not null && Due(ref _powerAt, PowerInterval)) _powerSources = [await _power.ReadAsync(cancel)];
        if (_station is not null && Due(ref _stationAt, StationInterval)) _stationSources = await _station.ReadAsync(cancel) is { } source ? [source] : [];
        if (Due(ref _diskAt, DiskInterval)) _space = _disks();
        Observe(monitors, shutter);
        _sampledAt = _clock.GetUtcNow();
    }

    private void Observe(List<SafetySource> monitors, ShutterState shutter)
    {
        lock (_gate)
        {
            _watch.Observe(
                new SafetyInputs
                {
                    Connected = Connected,
                    Weather = [.. monitors, .. _stationSources],
                    Power = _powerSources,
                    FreeRootBytes = _space.Root,
                    FreeImagesBytes = _space.Images,
                    Shutter = shutter,
                },
                _clock.GetUtcNow());
        }
    }

    private bool Due(ref DateTimeOffset? last, TimeSpan interval)
    {
        var now = _clock.GetUtcNow();
        if (last is { } at && now - at < interval && now >= at) return false;
        last = now;
        return true;
    }
}

/// <summary>Free bytes of the system disk and of the disk of the images; null where they cannot be read.</summary>
public readonly record struct DiskSpace(long? Root, long? Images)
{
    /// <summary>Reads both disks.</summary>
    /// <param name="images">A directory on the disk of the images; it need not exist yet.</param>
    public static DiskSpace Read(string images) => new(Free("/"), Free(images));

    private static long? Free(string directory)
    {
        try
        {
            var existing = Path.GetFullPath(directory);
            while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent) existing = parent;
            return new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
