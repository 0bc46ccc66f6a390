using Alpaca.Astronomy;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Pointing;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;
using Sequencer.Imaging;

namespace Sequencer.Core.Observing;

/// <summary>What the states of the night ask of cameras and frames: point, observe, analyze, correct the tracking.</summary>
public sealed class ObservingSession
{
    private readonly TrackingCorrection _tracking;
    private readonly PointingCorrection _pointing;
    private readonly ObservationBlock _block;
    private readonly FrameDrift _drift;
    private readonly FrameSteps _steps;
    private readonly FrameProcessor _processor;
    private readonly FrameWriter _writer;
    private readonly ObservingSetup _setup;
    private readonly Dictionary<string, WrittenFrame> _newest = [];

    public ObservingSession(ObservingSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _setup = setup;
        var (configuration, clock, journal) = (setup.Configuration, setup.Clock, setup.Journal);
        var context = new FrameContext
        {
            Site = setup.Site,
            Images = configuration.Directories.Images,
            UnitName = configuration.Name,
            PanId = configuration.PanId,
            TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(configuration.Location.Timezone, out var zone) ? zone : null,
        };
        var astrometry = new FrameAstrometry(setup.Solver, clock)
        {
            SolverTimeout = configuration.Solver.Timeout,
            Radius = Angle.FromDegrees(configuration.Solver.RadiusDegrees),
        };
        var mountSettings = configuration.Mount.Settings;
        _tracking = new TrackingCorrection(mountSettings.MinTrackingThreshold, mountSettings.MaxTrackingThreshold, mountSettings.GuideDecFlip);
        _writer = new FrameWriter(context, astrometry, setup.Mount, setup.Weather, clock, journal);
        _processor = new FrameProcessor(clock, journal);
        _steps = new FrameSteps(configuration.Observations, configuration.Directories.Images, _processor, setup.Records, clock, journal);
        _pointing = new PointingCorrection(setup.Mount, _writer, configuration.Pointing, clock, journal) { Written = _steps.Enqueue, Before = setup.BeforePointing };
        _block = new ObservationBlock(setup.Cameras, setup.Mount, _writer, setup.UnsafeReason, clock, journal)
        {
            Written = Noted,
            Before = setup.BeforeExposure,
        };
        _drift = new FrameDrift(_writer, setup.Records, journal);
    }

    /// <summary>The cameras, usable or not.</summary>
    public IReadOnlyList<CameraUnit> Cameras => _setup.Cameras;

    /// <summary>The camera that points: the first usable of those marked primary, else the first usable; null without any.</summary>
    public CameraUnit? Primary => _setup.Cameras.FirstOrDefault(camera => camera.IsPrimary && camera.IsUsable) ?? _setup.Cameras.FirstOrDefault(camera => camera.IsUsable);

    /// <summary>What is done with frames in the background, with its counters.</summary>
    public FrameProcessor Processor => _processor;

    /// <summary>Picture of the newest frame of the primary camera.</summary>
    public string Preview => _steps.Preview;

    /// <summary>Offset of the newest frame against the pointing image, as <see cref="Analyze"/> found it; null if it is not known.</summary>
    public OffsetError? Offset { get; private set; }

    /// <summary>Connects the cameras. One that cannot be connected is in quarantine, and the journal says why.</summary>
    public Task ConnectAsync(CancellationToken cancel = default) => RecoverCamerasAsync(cancel);

    /// <summary>Tries to bring every camera in quarantine back: to be called at each <c>ready</c>.</summary>
    /// <returns>How many cameras can be used.</returns>
    public async Task<int> RecoverCamerasAsync(CancellationToken cancel = default)
    {
        var usable = await Task.WhenAll(_setup.Cameras.Select(camera => camera.RecoverAsync(cancel)));
        return usable.Count(works => works);
    }

    /// <summary>State <c>pointing</c>: brings the target into the middle. The mount must have been sent there already.</summary>
    public async Task<PointingOutcome> PointAsync(Observation observation, CancellationToken cancel = default)
    {
        Offset = null;
        _newest.Clear();
        if (Primary is not { } camera) return new PointingOutcome(PointingEnd.NoCamera, null, null, "There is no camera that can be used.");
        _setup.Journal.Activity(TimeUse.Pointing);
        return await _pointing.RunAsync(observation, camera, _setup.UnsafeReason, cancel);
    }

    /// <summary>State <c>observing</c>: takes the block, or one exposure of each camera if the configuration says so.</summary>
    public Task<BlockOutcome> ObserveAsync(Observation observation, CancellationToken cancel = default) =>
        _block.RunAsync(observation, _setup.Configuration.Observing.ExposuresPerVisit == ExposuresPerVisit.One ? 1 : null, cancel);

    /// <summary>State <c>analyzing</c>: how far the newest frame has drifted from the pointing image.</summary>
    public OffsetError? Analyze(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        Offset = null;
        if (Primary is not { } camera) return null;
        return Offset = _drift.Analyze(observation.Name, camera.Name, _newest.GetValueOrDefault(camera.Name));
    }

    /// <summary>State <c>tracking</c>: takes back the drift that was found last. Nothing to take back is no work.</summary>
    public async Task CorrectTrackingAsync(Observation observation, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (Offset is not { } offset) return;
        Offset = null;
        var sky = SkyTransform.At(_setup.Site, _setup.Clock.GetUtcNow());
        var target = sky.Apparent(SkyPosition.FromDegrees(observation.Field.RaDegrees, observation.Field.DecDegrees));
        await _tracking.ApplyAsync(_setup.Mount, offset, sky.HourAngle(target).Hours, _setup.Journal, cancel);
    }

    /// <summary>Waits until everything queued in the background is done, at the end of the night.</summary>
    /// <returns>False if it was not done by the deadline.</returns>
    public Task<bool> DrainAsync(TimeSpan deadline, CancellationToken cancel = default) => _processor.DrainAsync(deadline, cancel);

    private void Noted(WrittenFrame frame)
    {
        _newest[frame.Exposure.Metadata["camera_name"] as string ?? ""] = frame;
        _steps.Enqueue(frame);
    }
}

/// <summary>What an <see cref="ObservingSession"/> works with.</summary>
public sealed record ObservingSetup
{
    public required ObservatoryConfiguration Configuration { get; init; }

    public required Site Site { get; init; }

    public required IReadOnlyList<CameraUnit> Cameras { get; init; }

    public required IPointingMount Mount { get; init; }

    public required IPlateSolver Solver { get; init; }

    public required RecordStore Records { get; init; }

    public required Journal Journal { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Why it is unsafe to observe now, or null if it is safe. Cheap: asked every two seconds.</summary>
    public required Func<string?> UnsafeReason { get; init; }

    /// <summary>Prepares the mount for an exposure of that length, with a flip at the meridian, or says why it must not begin. Null does nothing.</summary>
    public Func<TimeSpan, CancellationToken, Task<string?>>? BeforeExposure { get; init; }

    /// <summary>The same for a pointing exposure, which is not pointed again after a flip.</summary>
    public Func<TimeSpan, CancellationToken, Task<string?>>? BeforePointing { get; init; }

    /// <summary>The newest weather values, or null.</summary>
    public Func<WeatherReading?> Weather { get; init; } = () => null;
}
