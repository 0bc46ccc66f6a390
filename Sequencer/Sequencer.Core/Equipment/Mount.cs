using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <summary>
/// The mount as the night uses it: sky positions are ICRS, whatever system the mount itself speaks; nothing counts as done before the mount's own readings say so;
/// everything has a deadline. Slews are refused while it is not safe, and when the mount's idea of place or time is wrong.
/// </summary>
public sealed partial class Mount
{
    /// <summary>A slew has arrived when the mount says it is within this of where it was sent.</summary>
    private const double ArrivalToleranceDegrees = 0.2;

    /// <summary>The version of the interface that brought DeviceState.</summary>
    private const int StateVersion = 4;

    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PulseGrace = TimeSpan.FromSeconds(30);

    private readonly ITelescope _telescope;
    private readonly MountOptions _options;
    private readonly Site _site;
    private readonly TimeSpan _poll;
    private readonly TimeProvider _clock;
    private readonly Journal _journal;
    private readonly DeviceLink _link;
    private readonly StateReading _state;
    private MountCoordinates _coordinates;
    private MountCapabilities _can = new();
    private string? _mismatch;
    private (bool Parked, bool Slewing, bool Tracking, string? Target)? _said;
    private string? _targetName;
    private string? _saidFailure;

    /// <param name="telescope">The mount, or a client of it.</param>
    /// <param name="options">Deadlines, retries and tolerances.</param>
    /// <param name="site">Where it stands.</param>
    /// <param name="poll">How often a moving mount is looked at.</param>
    /// <param name="clock">The night's clock.</param>
    /// <param name="journal">Takes the <c>mount</c> events.</param>
    public Mount(ITelescope telescope, MountOptions options, Site site, TimeSpan poll, TimeProvider clock, Journal journal)
    {
        _telescope = telescope;
        _options = options;
        _site = site;
        _poll = poll;
        _clock = clock;
        _journal = journal;
        _link = new DeviceLink("mount", telescope, clock, journal);
        _state = new StateReading(telescope, _link, StateVersion);
        _coordinates = new MountCoordinates(EquatorialCoordinateType.Topocentric, site);
    }

    /// <summary>The link to the mount.</summary>
    public DeviceLink Link => _link;

    /// <summary>True once the mount is connected and its place and time have been checked.</summary>
    public bool IsInitialized { get; private set; }

    /// <summary>Where the next slew goes, ICRS; null until set.</summary>
    public SkyPosition? Target { get; private set; }

    /// <summary>The name of that target; null until set.</summary>
    public string? TargetName => _targetName;

    /// <summary>What the mount is; empty until it is connected.</summary>
    public MountFacts Facts { get; private set; } = new();

    /// <summary>The last reading; null before the first and while the mount cannot be reached.</summary>
    public MountStatus? Last { get; private set; }

    /// <summary>Why the mount may not move now, or null. Asked before every motion except parking.</summary>
    public Func<string?> Forbid { get; set; } = () => null;

    /// <summary>Rate of guide pulses, times sidereal, in right ascension and declination.</summary>
    public (double RightAscension, double Declination) GuideRates { get; private set; } = (0.9, 0.9);

    /// <summary>Connects, reads what the mount can do, and compares its place and time with ours; corrects them where the mount allows it.</summary>
    /// <exception cref="DeviceLostException">The mount does not connect.</exception>
    /// <exception cref="MountException">The mount lacks something without which no night is possible.</exception>
    public async Task ConnectAsync(CancellationToken cancel)
    {
        await _link.ConnectAsync(cancel);
        _can = await MountCapabilities.ReadAsync(_telescope, _link, cancel);
        if (!_can.Slew) throw new MountException("The mount cannot slew to coordinates (CanSlewAsync is false): a night needs a mount that goes to its targets.");
        _coordinates = new MountCoordinates(await _link.CallAsync(_telescope.EquatorialSystemAsync, cancel), _site) { Offset = _coordinates.Offset };
        Facts = await MountFacts.ReadAsync(_telescope, _link, cancel);
        Limits = await MountLimits.ReadAsync(_telescope, _link, _options, cancel);
        GuideRates = await new GuideRateReader(_telescope, _link).ReadAsync(cancel);
        _mismatch = await new MountCheck(_telescope, _link, _options, _site, _clock, _journal).CompareAsync(cancel);
        await ReadAsync(cancel);
        IsInitialized = true;
    }

    /// <summary>Disconnects.</summary>
    public async Task DisconnectAsync(CancellationToken cancel)
    {
        IsInitialized = false;
        await _link.DisconnectAsync(cancel);
    }

    /// <summary>Reads the mount.</summary>
    /// <exception cref="DeviceLostException">The mount cannot be reached.</exception>
    /// <exception cref="MountException">Its position is no position: it must be homed.</exception>
    public async Task<MountStatus> ReadAsync(CancellationToken cancel)
    {
        try
        {
            var state = await _state.ReadAsync(cancel);
            var parked = await state.GetAsync("AtPark", _telescope.AtParkAsync, cancel);
            var slewing = await IsSlewingAsync(state, cancel);
            var tracking = await state.GetAsync("Tracking", _telescope.TrackingAsync, cancel);
            var rightAscension = await state.GetAsync("RightAscension", _telescope.RightAscensionAsync, cancel);
            var declination = await state.GetAsync("Declination", _telescope.DeclinationAsync, cancel);
            if (!(rightAscension is >= 0 and < 24) || !(declination is >= -90 and <= 90))
            {
                throw new MountException(
                    FormattableString.Invariant($"The mount says it points at {rightAscension} h, {declination} deg, which is nowhere. It is not moved; home it and check its encoders."));
            }
            var side = await state.TryGetAsync("SideOfPier", _telescope.SideOfPierAsync, cancel) ?? PierSide.Unknown;
            var position = _coordinates.ToSky(rightAscension, declination, _clock.GetUtcNow());
            if (!_can.Park) parked = !slewing && !tracking && await IsAtRestAsync(position, state, cancel);
            Last = new MountStatus(parked, slewing, tracking, position, side);
        }
        catch (DeviceLostException)
        {
            Last = null;
            throw;
        }
        Say(Last.Parked, Last.Slewing, Last.Tracking);
        return Last;
    }

    /// <summary>True if the mount follows the sky now: it tracks, and neither slews nor is parked.</summary>
    /// <exception cref="DeviceLostException">The mount cannot be reached.</exception>
    public async Task<bool> IsTrackingAsync(CancellationToken cancel) => (await ReadAsync(cancel)).OnTheSky;

    /// <summary>Chooses where the next slew goes.</summary>
    /// <param name="position">ICRS.</param>
    /// <param name="name">The target's name, for the journal.</param>
    public void SetTarget(SkyPosition position, string name)
    {
        Target = position;
        _targetName = name;
    }

    /// <summary>Slews to the target, and verifies that the mount has arrived and tracks. A cancelled slew is stopped.</summary>
    /// <returns>False if there is no target, or the mount is parked.</returns>
    /// <exception cref="MountException">The slew is refused, does not end, or ends somewhere else.</exception>
    /// <exception cref="DeviceLostException">The mount cannot be reached.</exception>
    public async Task<bool> SlewToTargetAsync(CancellationToken cancel)
    {
        if (Target is not { } target) return false;
        if ((await ReadAsync(cancel)).Parked) return false;
        ThrowIfForbidden();
        if (_can.SetTracking) await _link.CallAsync(token => _telescope.SetTrackingAsync(true, token), cancel);
        var (rightAscension, declination) = _coordinates.FromSky(target, _clock.GetUtcNow());
        ThrowIfForbidden();
        try
        {
            await _link.CallAsync(token => _telescope.StartSlewToCoordinatesAsync(rightAscension, declination, token), cancel);
            Say(parked: false, slewing: true, tracking: true);
            await SettleAsync(cancel);
        }
        catch (AlpacaException refusal)
        {
            throw new MountException($"The mount refuses to slew to {_targetName}: {refusal.Message}", refusal);
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
            throw;
        }
        NoteSide(target);
        await VerifyArrivalAsync(target, cancel);
        return true;
    }

    /// <summary>Tells the mount where it really points. Without a sync of its own, the difference is kept here and applied to slews and readings.</summary>
    /// <param name="position">ICRS, as solved.</param>
    /// <exception cref="DeviceLostException">The mount cannot be reached.</exception>
    /// <exception cref="MountException">The mount refuses.</exception>
    public async Task SyncAsync(SkyPosition position, CancellationToken cancel)
    {
        ThrowIfForbidden();
        var now = _clock.GetUtcNow();
        if (!_can.Sync)
        {
            var rightAscension = await _link.CallAsync(_telescope.RightAscensionAsync, cancel);
            var declination = await _link.CallAsync(_telescope.DeclinationAsync, cancel);
            _coordinates = _coordinates.Synced(position, rightAscension, declination, now);
            return;
        }
        var wanted = _coordinates.FromSky(position, now);
        try
        {
            await _link.CallAsync(token => _telescope.SyncToCoordinatesAsync(wanted.RightAscension, wanted.Declination, token), cancel);
        }
        catch (AlpacaException refusal)
        {
            throw new MountException($"The mount refuses to be synced: {refusal.Message}", refusal);
        }
    }

    /// <summary>Sends a guide pulse and waits until it has ended.</summary>
    /// <param name="direction">Where the telescope moves on the sky.</param>
    /// <param name="duration">Length, rounded to milliseconds.</param>
    /// <exception cref="TimeoutException">The mount still guides 30 s after the pulse should have ended.</exception>
    /// <exception cref="MountException">The mount cannot guide, or refuses.</exception>
    public async Task PulseGuideAsync(GuideDirection direction, TimeSpan duration, CancellationToken cancel)
    {
        if (!_can.PulseGuide) throw new MountException("The mount takes no guide pulses: set mount.settings.update_tracking to false.");
        ThrowIfForbidden();
        var started = _clock.GetTimestamp();
        await _link.CallAsync(token => _telescope.PulseGuideAsync(direction, (int)Math.Round(duration.TotalMilliseconds), token), cancel);
        while (await _link.CallAsync(_telescope.IsPulseGuidingAsync, cancel))
        {
            if (_clock.GetElapsedTime(started) > duration + PulseGrace)
                throw new TimeoutException(FormattableString.Invariant($"The mount still guides {PulseGrace.TotalSeconds:0} s after the end of a pulse of {duration.TotalMilliseconds:0} ms."));
            await Task.Delay(_poll < duration ? _poll : duration, _clock, cancel);
        }
    }

    private async Task SettleAsync(CancellationToken cancel)
    {
        var started = _clock.GetTimestamp();
        while (await ArrivesAsync(cancel))
        {
            if (_clock.GetElapsedTime(started) > _options.SlewTimeout)
            {
                await StopAsync();
                throw new MountException(FormattableString.Invariant($"The slew to {_targetName} did not end within {_options.SlewTimeout.TotalSeconds:0} s and was stopped. Check that nothing is in the mount's way."));
            }
            await Task.Delay(_poll, _clock, cancel);
        }
    }

    private async Task<bool> ArrivesAsync(CancellationToken cancel)
    {
        try
        {
            return await _link.CallAsync(_telescope.SlewingAsync, cancel);
        }
        catch (AlpacaException failure)
        {
            throw new MountException($"The slew to {_targetName} failed: {failure.Message}", failure);
        }
    }

    /// <summary>A mount goes on telling what its last motion failed with until the next one begins: it does not move, and the next one must not be kept from beginning.</summary>
    private async Task<bool> IsSlewingAsync(StateSnapshot state, CancellationToken cancel)
    {
        try
        {
            return await state.GetAsync("Slewing", _telescope.SlewingAsync, cancel);
        }
        catch (AlpacaException failure)
        {
            if (_saidFailure != failure.Message) _journal.Warning($"The mount's last motion failed: {failure.Message}");
            _saidFailure = failure.Message;
            return false;
        }
    }

    private async Task VerifyArrivalAsync(SkyPosition target, CancellationToken cancel)
    {
        var reading = await ReadAsync(cancel);
        if (!reading.Tracking) throw new MountException($"The mount does not track after the slew to {_targetName}.");
        var off = reading.Position.Separation(target).Degrees;
        if (off > ArrivalToleranceDegrees)
            throw new MountException(FormattableString.Invariant($"The mount says it ended the slew to {_targetName} {off:0.00} deg away from it. Home it and check its alignment."));
    }

    /// <summary>Stops a slew, whatever else is going on; the mount's readings tell whether it worked.</summary>
    private async Task StopAsync()
    {
        try
        {
            await _link.CallAsync(_telescope.AbortSlewAsync, CancellationToken.None);
            if (!await WaitAsync(reading => !reading.Slewing, StopDeadline)) _journal.Alarm("The mount was told to stop and still moves.");
        }
        catch (Exception error) when (error is DeviceLostException or AlpacaException or MountException)
        {
            _journal.Warning($"The mount was not stopped: {error.Message}");
        }
    }

    private async Task<bool> WaitAsync(Func<MountStatus, bool> done, TimeSpan deadline)
    {
        var started = _clock.GetTimestamp();
        while (!done(await ReadAsync(CancellationToken.None)))
        {
            if (_clock.GetElapsedTime(started) > deadline) return false;
            await Task.Delay(_poll, _clock);
        }
        return true;
    }

    private void ThrowIfForbidden()
    {
        if (_mismatch is not null) throw new MountException(_mismatch);
        if (Forbid() is { } reason) throw new MountException($"The mount stays where it is: {reason}.");
    }

    private void Say(bool parked, bool slewing, bool tracking)
    {
        var target = parked ? null : _targetName;
        if (_said == (parked, slewing, tracking, target)) return;
        _said = (parked, slewing, tracking, target);
        _journal.Mount(parked, slewing, tracking, target);
    }
}
