using Alpaca.Astronomy;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Observing;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;
using Sequencer.Safety;

namespace Sequencer.Core.Night;

/// <summary>Everything a night works with: the equipment, the scheduler, the sky, and where things are written down.</summary>
public sealed class Observatory
{
    /// <summary>The configuration.</summary>
    public required ObservatoryConfiguration Configuration { get; init; }

    /// <summary>The night's clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The journal.</summary>
    public required Journal Journal { get; init; }

    /// <summary>The record store.</summary>
    public required RecordStore Records { get; init; }

    /// <summary>Where the observatory stands.</summary>
    public required Site Site { get; init; }

    /// <summary>Sun, Moon and targets above the site.</summary>
    public required INightSky Sky { get; init; }

    /// <summary>Dome and cover; without devices it always succeeds.</summary>
    public required Enclosure Enclosure { get; init; }

    /// <summary>Weather, mains, disks.</summary>
    public required Surroundings Surroundings { get; init; }

    /// <summary>The mount; null if there is none yet.</summary>
    public Mount? Mount { get; init; }

    /// <summary>Chooses the targets; null if there is none yet.</summary>
    public DispatchScheduler? Scheduler { get; set; }

    /// <summary>The cameras, those in quarantine too.</summary>
    public IReadOnlyList<CameraUnit> Cameras { get; init; } = [];

    /// <summary>What the states ask of cameras and frames; null without mount or cameras.</summary>
    public ObservingSession? Session { get; set; }

    /// <summary>What is missing to observe, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. new[] { (Scheduler is null, "Scheduler"), (Cameras.Count == 0, "Camera"), (Mount is null, "Mount") }
            .Where(item => item.Item1).Select(item => $"{item.Item2} not present"),
    ];

    /// <summary>True if there are a scheduler, a camera and a mount.</summary>
    public bool CanObserve => Missing.Count == 0;

    /// <summary>The camera that points: the one marked primary, else the first; null without cameras.</summary>
    public CameraUnit? PrimaryCamera => Cameras.FirstOrDefault(camera => camera.IsPrimary) ?? (Cameras.Count > 0 ? Cameras[0] : null);

    /// <summary>Links without which no night is possible: mount, dome, safety.</summary>
    public IEnumerable<DeviceLink> EssentialLinks => [.. Mount is null ? [] : new[] { Mount.Link }, .. Enclosure.Links, .. Surroundings.Links];

    /// <summary>True while an essential device cannot be reached.</summary>
    public bool LinksAreLost => EssentialLinks.Any(link => link.IsLost);

    /// <summary>The rule between weather, roof and telescope.</summary>
    public Interlock Interlock => new(Configuration.Safety.ClosePolicy, Configuration.Dome.NeedsParkedMount);

    /// <summary>Where the telescope is as far as the roof is concerned.</summary>
    public MountPosture Posture =>
        Mount is null || !Configuration.Dome.NeedsParkedMount ? MountPosture.Clear
        : Mount.Last is not { } reading ? MountPosture.Unknown
        : reading.Parked ? MountPosture.Parked
        : MountPosture.InTheWay;

    /// <summary>Judges safety from the newest samples.</summary>
    /// <param name="horizon">The darkness asked for: observe, focus, flat.</param>
    /// <param name="ignore">Checks that do not count; none when null.</param>
    public SafetyVerdict Judge(string horizon = StateTable.DefaultHorizon, IReadOnlySet<SafetyCheck>? ignore = null) =>
        Surroundings.Judge(new Darkness(Sky.SunAltitudeDegrees(Clock.GetUtcNow()), Configuration.Location.SunHorizonDegrees(horizon)), ignore);

    /// <summary>True if it is dark enough for a horizon, or the night is simulated.</summary>
    public bool IsDark(string horizon) => Judge(horizon).IsDark;

    /// <summary>Whether an action may be commanded now.</summary>
    public Permission May(ObservatoryAction action, SafetyVerdict verdict) => Interlock.May(action, verdict, Enclosure.SafetyShutter, Posture);

    /// <summary>Connects everything. A camera that does not connect is left out and tried again later; anything else is needed.</summary>
    /// <exception cref="DeviceLostException">The mount, the dome or a source of safety does not connect.</exception>
    /// <exception cref="MountException">The mount cannot do what a night needs.</exception>
    public async Task InitializeAsync(CancellationToken cancel)
    {
        await ReconnectAsync(cancel);
        Surroundings.Connected = true;
        await Surroundings.SampleAsync(Enclosure.SafetyShutter, cancel);
        foreach (var camera in Cameras) await ConnectAsync(camera, cancel);
    }

    /// <summary>Connects mount, dome and sources of safety, anew if need be, and reads them: whatever was known of them before does not count.</summary>
    /// <exception cref="DeviceLostException">One of them cannot be reached.</exception>
    public async Task ReconnectAsync(CancellationToken cancel)
    {
        await Enclosure.ConnectAsync(cancel);
        if (Mount is not null) await Mount.ConnectAsync(cancel);
        foreach (var link in Surroundings.Links) await link.ConnectAsync(cancel);
    }

    /// <summary>Disconnects mount and dome.</summary>
    public async Task DisconnectAsync(CancellationToken cancel)
    {
        Surroundings.Connected = false;
        if (Mount is not null) await Mount.DisconnectAsync(cancel);
        await Enclosure.DisconnectAsync(cancel);
    }

    private async Task ConnectAsync(CameraUnit camera, CancellationToken cancel)
    {
        try
        {
            await camera.ConnectAsync(cancel);
        }
        catch (CameraException error)
        {
            Journal.Warning(error.Message);
        }
    }
}
