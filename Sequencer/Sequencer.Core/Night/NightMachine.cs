using Sequencer.Core.Equipment;
using Sequencer.Core.Records;
using Sequencer.Safety;

namespace Sequencer.Core.Night;

/// <summary>
/// Goes from state to state as the table allows: safety is checked before every transition, a refused transition is tried again a few times, and whatever happens the unit ends
/// parked.
/// </summary>
public sealed class NightMachine
{
    private const string Parking = "parking";
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(7);
    private static readonly IReadOnlySet<SafetyCheck> NotDarkness = new HashSet<SafetyCheck> { SafetyCheck.IsDark };

    private readonly NightContext _night;
    private readonly IReadOnlyDictionary<string, INightState> _handlers;
    private readonly DeviceRecovery _recovery;

    /// <summary>A machine for a night.</summary>
    /// <param name="night">The night.</param>
    /// <param name="handlers">What happens on entering each state; null for the shipped handlers of the table's name.</param>
    /// <exception cref="InvalidConfigException">A state of the table has no handler.</exception>
    public NightMachine(NightContext night, IReadOnlyDictionary<string, INightState>? handlers = null)
    {
        ArgumentNullException.ThrowIfNull(night);
        _night = night;
        _handlers = handlers ?? StateHandlers.For(night.Table.Name);
        _recovery = new DeviceRecovery(night);
        foreach (var state in night.Table.States.Keys)
        {
            if (!_handlers.ContainsKey(state))
                throw new InvalidConfigException($"The state table {night.Table.Name} has a state \"{state}\" that the sequencer does not know. It knows {string.Join(", ", _handlers.Keys)}.");
        }
    }

    /// <summary>Why the night could not begin or had to stop; null if it could and did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Connects the equipment. Done once; later calls say yes.</summary>
    /// <returns>False if something needed is missing or does not connect; the machine is then powered down.</returns>
    public async Task<bool> InitializeAsync(CancellationToken cancel)
    {
        if (!_night.Observatory.CanObserve)
        {
            foreach (var missing in _night.Observatory.Missing) Warn(missing);
            Failure = $"missing required hardware: {string.Join(", ", _night.Observatory.Missing)}";
            _night.Say("Missing required hardware: the night cannot begin.");
            return false;
        }
        if (_night.IsInitialized) return true;
        try
        {
            await _night.Observatory.InitializeAsync(cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _night.Say($"The observatory cannot be initialised: {error.Message}");
            Failure = error.Message;
            Warn(error.Message);
            await PowerDownAsync();
            return false;
        }
        return _night.IsInitialized = _night.DoStates = true;
    }

    /// <summary>Runs from state to state until told to stop, the night is over, or nothing can be observed any more; then the unit is parked.</summary>
    /// <returns>False if it was not initialised.</returns>
    /// <exception cref="OperationCanceledException">The night was cancelled; the caller powers down.</exception>
    public async Task<bool> RunAsync(NightRunOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!_night.IsInitialized)
        {
            Warn("The night is not initialized: connect the equipment first.");
            return false;
        }
        _night.RunOnce |= options.RunOnce;
        _night.NextState = options.InitialNextState;
        try
        {
            await LoopAsync(options, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Failure = error.Message;
            _night.Observatory.Journal.Alarm($"The night stops: {error.Message}");
            _night.StopStates();
        }
        if (options.ParkWhenDone && _night.Observatory.Mount is { } mount)
        {
            // Whatever ended the loop, an exception included: the roof first, then the mount.
            await _night.Observatory.Enclosure.CloseAsync(cancel);
            await mount.ParkAsync(cancel);
        }
        return true;
    }

    /// <summary>Fires the transition to the next state, or to parking if there is none.</summary>
    /// <returns>False if a condition of the transition does not hold.</returns>
    /// <exception cref="InvalidOperationException">There is no way to the next state, and none to parking.</exception>
    public async Task<bool> GoToNextStateAsync(CancellationToken cancel)
    {
        var transition = FindTransition();
        foreach (var condition in transition.Conditions)
        {
            if (!await HoldsAsync(condition, transition.Dest, cancel)) return false;
        }
        var source = _night.State;
        (_night.PreviousState, _night.State) = (source, transition.Dest);
        _night.Observatory.Journal.State(source, transition.Dest, transition.Trigger);
        await _night.PublishStatusAsync(cancel);
        await EnterAsync(cancel);
        _night.Observatory.Records.InsertCurrent(
            "state", new Dictionary<string, object?> { ["source"] = _night.State, ["dest"] = _night.NextState }, permanent: false);
        return true;
    }

    /// <summary>Finds the transition for where the machine is and where it is to go.</summary>
    /// <exception cref="InvalidOperationException">There is none, and parking is not possible from here either.</exception>
    public Transition FindTransition()
    {
        var (state, next) = (_night.State, _night.NextState);
        var table = _night.Table;
        // Told to park while parking: the way on is to be parked.
        if (state == Parking && next == Parking && table.FindTrigger(Parking, "set_park") is { } setPark) return setPark;
        if (next is not null && table.Find(state, next) is { } found) return found;
        Warn($"No transition for {state} -> {next ?? "nothing"}, going to park.");
        return table.FindTrigger(state, "park") ??
            throw new InvalidOperationException($"There is no transition from {state} to {next ?? "nothing"}, and none to parking either. Check the state table {table.Name}.");
    }

    /// <summary>Closes the dome, parks the mount, waits for exposures under way, disconnects. Idempotent; nothing is safe afterwards.</summary>
    /// <returns>Whether the mount is parked and the roof closed, as their own sensors say.</returns>
    public Task<(bool Parked, bool Closed)> PowerDownAsync() => new PowerDown(_night).RunAsync();

    /// <summary>Whether a state may be entered under the present weather, light and power.</summary>
    /// <param name="dest">The state; null asks for plain safety.</param>
    /// <param name="cancel">Ends the wait for a sample.</param>
    public async Task<bool> CheckSafetyAsync(string? dest, CancellationToken cancel)
    {
        if (dest is null) return await _night.IsSafeAsync(cancel: cancel);
        return _night.Table.IsAlwaysSafe(dest) || await _night.IsSafeAsync(_night.Table.HorizonOf(dest), cancel: cancel);
    }

    private async Task LoopAsync(NightRunOptions options, CancellationToken cancel)
    {
        var refused = 0;
        while (_night.KeepRunning)
        {
            cancel.ThrowIfCancellationRequested();
            await _recovery.RecoverAsync(cancel);
            await GateAsync(cancel);
            if (!_night.KeepRunning) break;
            if (await GoToNextStateAsync(cancel))
            {
                refused = 0;
            }
            else
            {
                await RefusedAsync(refused, cancel);
                refused++;
            }
            if (_night.State != "sleeping") continue;
            _night.RetriesLeft = Math.Max(0, _night.RetriesLeft - 1);
            if (_night.RunOnce) _night.StopStates();
            if (options.ExitWhenDone || _night.IsOver) return;
        }
    }

    private async Task RefusedAsync(int refused, CancellationToken cancel)
    {
        Warn($"The transition from {_night.State} to {_night.NextState} was refused.");
        if (!await _night.IsSafeAsync(cancel: cancel))
        {
            _night.NextState = Parking;
        }
        else if (refused > _night.Configuration.MaxTransitionAttempts)
        {
            Warn($"Stuck in {_night.State}: the transition was refused {refused + 1} times.");
            _night.CountAbnormalParking($"Stuck in {_night.State}.");
            _night.NextState = Parking;
        }
        else
        {
            await _night.WaitAsync(RefusedPause, cancel);
        }
    }

    /// <summary>Holds the machine back until the next state may be entered as far as darkness goes; what is unsafe otherwise sends it to parking.</summary>
    private async Task GateAsync(CancellationToken cancel)
    {
        while (_night.KeepRunning)
        {
            await _night.IsSafeAsync(ignore: _night.Table.IsAlwaysSafe(_night.State) ? NotDarkness : null, cancel: cancel);
            if (_night.IsOver && !_night.Table.IsAlwaysSafe(_night.State)) _night.NextState = Parking;
            var next = _night.NextState;
            if (next is null || !_night.Table.Has(next) || _night.Table.IsAlwaysSafe(next)) return;
            var horizon = _night.Table.HorizonOf(next);
            if (_night.Observatory.IsDark(horizon)) return;
            if (_night.IsOver)
            {
                _night.NextState = Parking;
                return;
            }
            _night.Say($"Waiting until it is dark enough for {next} ({horizon} horizon).");
            _night.AccountIdle();
            await _night.WaitAsync(null, cancel);
        }
    }

    private async Task<bool> HoldsAsync(string condition, string dest, CancellationToken cancel) => condition switch
    {
        Condition.CheckSafety => await CheckSafetyAsync(dest, cancel),
        Condition.MountIsInitialized => _night.Observatory.Mount?.IsInitialized ?? false,
        Condition.MountIsTracking => await MountIsTrackingAsync(cancel),
        _ => throw new InvalidConfigException($"There is no condition \"{condition}\"."),
    };

    private async Task<bool> MountIsTrackingAsync(CancellationToken cancel)
    {
        try
        {
            return _night.Observatory.Mount is { } mount && await mount.IsTrackingAsync(cancel);
        }
        catch (Exception error) when (error is DeviceLostException or MountException)
        {
            Warn(error.Message);
            return false;
        }
    }

    /// <summary>Enters the state. What the watch stops, and what fails because a device is gone, ends in parking; what nobody foresaw ends the night.</summary>
    private async Task EnterAsync(CancellationToken cancel)
    {
        var handler = _handlers[_night.State];
        var operation = _night.Operation;
        // An always-safe state makes things safe; only ready, which opens the dome, guards its own work.
        var token = _night.Table.IsAlwaysSafe(_night.State) ? cancel : operation.Begin(cancel);
        try
        {
            if (await handler.EnterAsync(_night, token) is { } next) _night.NextState = next;
        }
        catch (OperationCanceledException) when (operation.Interruption is { } reason && !cancel.IsCancellationRequested)
        {
            _night.Say($"Stopped {_night.State}: {reason}.");
            _night.NextState = Parking;
        }
        catch (DeviceLostException error)
        {
            Warn(error.Message);
            _night.ParkingCause = TimeUse.Device;
            _night.NextState = Parking;
        }
        finally
        {
            operation.End();
        }
    }

    private void Warn(string message) => _night.Observatory.Journal.Warning(message);
}

/// <summary>How a machine runs.</summary>
public sealed record NightRunOptions
{
    /// <summary>Leave when the first cycle has come to sleeping.</summary>
    public bool ExitWhenDone { get; init; }

    /// <summary>One cycle, then no more.</summary>
    public bool RunOnce { get; init; }

    /// <summary>Close and park when the loop ends.</summary>
    public bool ParkWhenDone { get; init; } = true;

    /// <summary>The state to begin with.</summary>
    public string InitialNextState { get; init; } = "ready";
}
