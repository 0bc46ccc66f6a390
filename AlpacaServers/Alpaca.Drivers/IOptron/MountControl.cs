using Alpaca.Contract;
using Alpaca.Devices.Links;
using Microsoft.Extensions.Logging;

namespace Alpaca.Drivers.IOptron;

/// <summary>
/// Drives the mount: everything here runs on the loop that owns the link, one thing after the other. What clients read is the <see cref="View"/>.
/// </summary>
internal sealed partial class MountControl(IOptronOptions options, string name, TimeProvider clock, ILogger log)
{
    /// <summary>No mount moves faster than this, degrees per second: what seems to was read wrongly, or the mount has lost its position.</summary>
    private const double FastestMotion = 15;

    private const double JumpMargin = 2;
    private static readonly TimeSpan s_clockInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_verifyDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_verifyInterval = TimeSpan.FromMilliseconds(100);

    private MountView _view = new() { Elevation = options.Elevation };
    private ParkRecord _park = new(false, null);
    private DateTimeOffset _clockDue;
    private bool _positionChanges = true;
    private bool _saidUnknownState;

    /// <summary>What clients read.</summary>
    public MountView View => Volatile.Read(ref _view);

    /// <summary>Hears of every look at the mount.</summary>
    public Action<MountSnapshot>? Looked { get; set; }

    /// <summary>Readings that were thrown away because they could not be true.</summary>
    public long ReadingsRefused { get; private set; }

    private MountFacts Facts => View.Facts ?? throw AlpacaException.NotConnected(name);

    private MountLanguage Language => Facts.Language;

    /// <summary>Replaces the view by what <paramref name="change"/> makes of it.</summary>
    public MountView Change(Func<MountView, MountView> change)
    {
        while (true)
        {
            var seen = View;
            var next = change(seen);
            if (ReferenceEquals(Interlocked.CompareExchange(ref _view, next, seen), seen))
                return next;
        }
    }

    /// <summary>Takes up a mount on a link that has just been opened: who it is, its settings, where it stands.</summary>
    /// <returns>Model and number, which tell whether the same mount is back after a loss.</returns>
    public async Task<string> TakeUpAsync(MountSession session, CancellationToken cancel)
    {
        var handshake = new MountHandshake(session, options, clock, log, cancel);
        var facts = await handshake.IdentifyAsync();
        if (options.StateFile is { } file)
            _park = ParkRecord.Load(file);
        await handshake.SettleAsync(facts, _park);
        var guideRates = await session.SendAsync(MountLanguage.GuideRates, MountLanguage.ReadGuideRates, cancel);
        _positionChanges = true;
        _clockDue = default;
        Change(view => view with
        {
            Facts = facts,
            GuideRates = guideRates,
            Snapshot = null,
            Distrust = null,
            Arrows = default,
            IsParkLatched = _park.IsParked,
        });
        await PollAsync(session, cancel);
        if (View.Snapshot!.Status.Rate == MountRate.Custom)
        {
            var factor = await session.SendAsync(MountLanguage.CustomRate, reply => MountLanguage.ReadCustomRate(reply, options.RaRateScale), cancel);
            Change(view => view with { RightAscensionRate = 1 - factor });
        }

        return $"iOptron {facts.Model.Name} ({facts.Model.Id})";
    }

    /// <summary>The link is gone: whatever was under way is out of sight, and nobody knows how it ends.</summary>
    public void LoseSight(string reason) => Change(view => view with
    {
        Errand = null,
        Arrows = default,
        Failure = view.Errand is not null || view.IsMovedByArrows || view.IsScriptRunning
            ? new AlpacaException(DriverError.Removed, $"{name}: the connection was lost while the mount moved ({reason}). Where it is now is not known until it is connected again; look at it before the next motion.")
            : view.Failure,
    });

    /// <summary>Looks at the mount, and judges what is under way.</summary>
    public async Task<MountSnapshot> PollAsync(MountSession session, CancellationToken cancel)
    {
        var snapshot = await LookAsync(session, cancel);
        if (View is { Snapshot: { } last, Distrust: null } && !_positionChanges && IsJump(last, snapshot))
        {
            // One wrong digit looks like a jump: only a second reading tells.
            var second = await LookAsync(session, cancel);
            if (IsJump(last, second))
                await DistrustAsync(session, last, second, cancel);
            else
                ReadingsRefused++;
            snapshot = second;
        }

        _positionChanges = false;
        if (snapshot.Status.State is null && !_saidUnknownState)
        {
            _saidUnknownState = true;
            log.LogWarning("The mount's status \"{Digits}\" has a state digit of unknown meaning; the state before it is kept.", snapshot.Status.Digits);
        }

        var before = View.Snapshot;
        if (snapshot.Status.State is null && before is not null)
            snapshot = snapshot with { Status = snapshot.Status with { State = before.Status.State } };
        Change(view => view with { Snapshot = snapshot });
        Looked?.Invoke(snapshot);
        await JudgeErrandAsync(session, snapshot, cancel);
        await WatchArrowsAsync(session, before, snapshot, cancel);
        return snapshot;
    }

    private async Task<MountSnapshot> LookAsync(MountSession session, CancellationToken cancel)
    {
        var language = Language;
        var status = await session.SendAsync(MountLanguage.Status, language.ReadStatus, cancel);
        var position = await session.SendAsync(language.Position, language.ReadPosition, cancel);
        var at = clock.GetUtcNow();
        var horizontal = await session.SendAsync(MountLanguage.Horizontal, language.ReadHorizontal, cancel);
        var clockError = View.Snapshot?.ClockError ?? default;
        if (at >= _clockDue)
        {
            clockError = await new MountHandshake(session, options, clock, log, cancel).ClockErrorAsync(language);
            _clockDue = at + s_clockInterval;
        }

        return new MountSnapshot(status, position, horizontal, at) { ClockError = clockError };
    }

    private static bool IsJump(MountSnapshot before, MountSnapshot after) =>
        before.AngleTo(after) > ((after.At - before.At).TotalSeconds * FastestMotion) + JumpMargin;

    private async Task DistrustAsync(MountSession session, MountSnapshot before, MountSnapshot after, CancellationToken cancel)
    {
        var text = FormattableString.Invariant(
            $"{name}: the mount's position jumped from {before.Horizontal.Altitude:0.0}, {before.Horizontal.Azimuth:0.0} to {after.Horizontal.Altitude:0.0}, {after.Horizontal.Azimuth:0.0} degrees (altitude, azimuth) in {(after.At - before.At).TotalSeconds:0.0} s, faster than it can move. It was stopped. Look at it, then home it.");
        log.LogError("{Text}", text);
        await StopMotionAsync(session, cancel);
        Change(view => view with { Errand = null, Distrust = text, Failure = new AlpacaException(DriverError.CalibrationNeeded, text) });
    }

    private async Task JudgeErrandAsync(MountSession session, MountSnapshot snapshot, CancellationToken cancel)
    {
        if (View.Errand is not { } errand)
            return;
        try
        {
            if (errand.IsDone(snapshot))
            {
                await FinishAsync(session, errand, snapshot, cancel);
                Change(view => view.Errand == errand ? view with { Errand = null } : view);
            }
            else if (errand.IsOverdue(snapshot.At))
            {
                await StopMotionAsync(session, cancel);
                throw new AlpacaException(DriverError.MoveTimeout, FormattableString.Invariant(
                    $"{name}: the {errand.Title} had not ended {(snapshot.At - errand.Began).TotalSeconds:0} s after it began, and the mount was stopped. Check that nothing is in its way."));
            }
        }
        catch (AlpacaException e)
        {
            log.LogError("{Failure}", e.Message);
            Change(view => view.Errand == errand ? view with { Errand = null, Failure = e } : view);
        }
    }

    private async Task FinishAsync(MountSession session, MountErrand errand, MountSnapshot snapshot, CancellationToken cancel)
    {
        switch (errand.Errand)
        {
            case Errand.Park when snapshot.Status.State != SystemState.Parked:
                await session.DoAsync(MountLanguage.SetTracking(false), cancel);
                LatchPark(true);
                break;
            case Errand.Home when errand.EndsParked:
                await session.DoAsync(MountLanguage.SetTracking(false), cancel);
                LatchPark(true);
                break;
            case Errand.Home or Errand.HomeSearch:
                _positionChanges = true;
                Change(view => view with { Distrust = null });
                break;
        }
    }

    /// <summary>Arrow motion knows no limits: the altitude is watched here.</summary>
    private async Task WatchArrowsAsync(MountSession session, MountSnapshot? before, MountSnapshot snapshot, CancellationToken cancel)
    {
        if (!View.IsMovedByArrows || before is null || snapshot.Horizontal.Altitude >= options.MinimumAltitude || snapshot.Horizontal.Altitude >= before.Horizontal.Altitude)
            return;
        await StopMotionAsync(session, cancel);
        var failure = new AlpacaException(AlpacaError.InvalidOperation, FormattableString.Invariant(
            $"{name}: MoveAxis took the telescope to an altitude of {snapshot.Horizontal.Altitude:0.0} degrees, below the limit of {options.MinimumAltitude:0.0}, and was stopped. Move it up again."));
        log.LogWarning("{Failure}", failure.Message);
        Change(view => view with { Failure = failure });
    }

    /// <summary>Remembers, through a restart too, that the mount was parked by the driver's own doing.</summary>
    public void LatchPark(bool parked)
    {
        _park = _park with { IsParked = parked };
        _park.Save(options.StateFile);
        Change(view => view with { IsParkLatched = parked });
    }
}
