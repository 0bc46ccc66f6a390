using Sequencer.Core.Configuration;
using Sequencer.Core.Records;
using Sequencer.Safety;

namespace Sequencer.Core.Night;

/// <summary>The night as its states see it: the observatory, the flags, and what every state needs (judging safety, waiting, saying, accounting for time).</summary>
public sealed class NightContext : IDisposable
{
    private static readonly TimeSpan WaitSlice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(6);

    private readonly StatusPublisher _status;
    private string? _activity;
    private string? _safetySaid;

    /// <summary>A night at an observatory.</summary>
    /// <param name="observatory">What it works with.</param>
    /// <param name="table">Its states.</param>
    public NightContext(Observatory observatory, StateTable table)
    {
        ArgumentNullException.ThrowIfNull(observatory);
        ArgumentNullException.ThrowIfNull(table);
        Observatory = observatory;
        Table = table;
        State = table.Initial;
        RetriesLeft = observatory.Configuration.MaxObservingAttempts;
        _status = new StatusPublisher(this);
        observatory.Journal.Written += NoteActivity;
        if (observatory.Mount is { } mount) mount.Forbid = () => Refusal(ObservatoryAction.MoveTelescope);
    }

    /// <summary>What the night works with.</summary>
    public Observatory Observatory { get; }

    /// <summary>The configuration.</summary>
    public ObservatoryConfiguration Configuration => Observatory.Configuration;

    /// <summary>The states and the ways between them.</summary>
    public StateTable Table { get; }

    /// <summary>The state the machine is in.</summary>
    public string State { get; internal set; }

    /// <summary>The state it was in before.</summary>
    public string? PreviousState { get; internal set; }

    /// <summary>The state it goes to next; null if nobody has chosen one.</summary>
    public string? NextState { get; set; }

    /// <summary>True once the equipment has been connected.</summary>
    public bool IsInitialized { get; internal set; }

    /// <summary>False after power-down, for good.</summary>
    public bool Connected { get; internal set; } = true;

    /// <summary>Whether to go on from state to state.</summary>
    public bool DoStates { get; internal set; }

    /// <summary>True makes every wait return early.</summary>
    public bool Interrupted { get; set; }

    /// <summary>One cycle only.</summary>
    public bool RunOnce { get; set; }

    /// <summary>Abnormal parkings that are still allowed.</summary>
    public int RetriesLeft { get; internal set; }

    /// <summary>True while the night may try again.</summary>
    public bool ShouldRetry => RetriesLeft > 0;

    /// <summary>True while the machine goes on.</summary>
    public bool KeepRunning => Connected && DoStates && Observatory.CanObserve;

    /// <summary>When the night ends; null for a night without end.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>True when the night's end has come.</summary>
    public bool IsOver => EndsAt is { } end && Now >= end;

    /// <summary>True half an hour after the night's end: time to give up on what will not close or come back.</summary>
    public bool IsLongOver => EndsAt is { } end && Now > end + TimeSpan.FromMinutes(30);

    /// <summary>The time.</summary>
    public DateTimeOffset Now => Observatory.Clock.GetUtcNow();

    /// <summary>Why the unit parks; shown and accounted for. Cleared when it is ready again.</summary>
    public string? ParkingCause { get; set; }

    internal Operation Operation { get; } = new();

    /// <summary>Stops going from state to state after the present one.</summary>
    public void StopStates() => DoStates = false;

    /// <summary>Gives back all retries.</summary>
    public void ResetObservingRun() => RetriesLeft = Configuration.MaxObservingAttempts;

    /// <summary>Notes that the unit parks because something went wrong: it counts against the retries, so that a broken mount is not sent out all night.</summary>
    public void CountAbnormalParking(string cause)
    {
        RetriesLeft = Math.Max(0, RetriesLeft - 1);
        ParkingCause ??= TimeUse.Device;
        Observatory.Journal.Warning(ShouldRetry
            ? FormattableString.Invariant($"{cause} The unit parks and tries again ({RetriesLeft} of {Configuration.MaxObservingAttempts} attempts left).")
            : $"{cause} The unit parks; all {Configuration.MaxObservingAttempts} attempts are used up.");
    }

    /// <summary>Says something to whoever listens: the journal's <c>say</c> event.</summary>
    public void Say(string text) => Observatory.Journal.Write("say", ("unit", Configuration.PanId), ("text", text));

    /// <summary>From now on time goes to this use (one of <see cref="TimeUse"/>).</summary>
    public void Account(string use)
    {
        if (_activity != use) Observatory.Journal.Activity(use);
    }

    /// <summary>From now on time goes to whatever keeps the unit from observing.</summary>
    public void AccountIdle()
    {
        var verdict = Observatory.Judge();
        Account(!verdict.GoodWeather ? TimeUse.Weather : !verdict.AcPower || !verdict.FreeSpaceImages || !verdict.FreeSpaceRoot ? TimeUse.Unsafe : ParkingCause ?? TimeUse.Waiting);
    }

    /// <summary>Judges safety on fresh samples, writes the record when it changed, and sends the machine to parking if it is not safe where it is.</summary>
    /// <param name="horizon">The darkness asked for.</param>
    /// <param name="ignore">Checks that do not count.</param>
    /// <param name="parkIfNotSafe">Whether the next state becomes parking when it is unsafe in a state that is not always safe.</param>
    /// <param name="cancel">Ends the wait for a sample.</param>
    public async Task<bool> IsSafeAsync(
        string horizon = StateTable.DefaultHorizon, IReadOnlySet<SafetyCheck>? ignore = null, bool parkIfNotSafe = true, CancellationToken cancel = default)
    {
        if (!Connected) return false;
        await Observatory.Surroundings.FreshenAsync(Fresh, Observatory.Enclosure.SafetyShutter, cancel);
        var verdict = Observatory.Judge(horizon, ignore);
        Record(Observatory.Judge());
        if (!verdict.Safe && parkIfNotSafe && !Table.IsAlwaysSafe(State)) NextState = "parking";
        return verdict.Safe;
    }

    /// <summary>Writes the <c>safety</c> record and event when any check has changed.</summary>
    internal void Record(SafetyVerdict verdict)
    {
        var said = string.Join(',', verdict.Checks.Select(check => check.Value)) + verdict.WeatherNow;
        if (_safetySaid == said) return;
        _safetySaid = said;
        Observatory.Journal.Safety(verdict.Safe, verdict.Reasons);
        Observatory.Records.InsertCurrent("safety", verdict.Checks.ToDictionary(check => check.Key, check => (object?)check.Value));
    }

    /// <summary>Waits in slices, publishing the status at each.</summary>
    /// <param name="delay">How long; null for the configured delay.</param>
    /// <param name="cancel">Ends the wait with an exception.</param>
    /// <returns>False if it was ended early.</returns>
    public async Task<bool> WaitAsync(TimeSpan? delay, CancellationToken cancel)
    {
        var until = Now + (delay ?? Configuration.WaitDelay);
        while (Now < until)
        {
            if (Interrupted || !Connected) return false;
            await PublishStatusAsync(cancel);
            // Delays are whole milliseconds, rounded down: without the extra one the last fraction would be waited for without end.
            var left = until - Now + TimeSpan.FromMilliseconds(1);
            await Task.Delay(left < WaitSlice ? left : WaitSlice, Observatory.Clock, cancel);
        }
        return !Interrupted;
    }

    /// <summary>Publishes the status record.</summary>
    public Task PublishStatusAsync(CancellationToken cancel) => _status.PublishAsync(cancel);

    /// <summary>Why an action may not be commanded now; null if it may.</summary>
    public string? Refusal(ObservatoryAction action)
    {
        var permission = Observatory.May(action, Observatory.Judge());
        return permission.Allowed ? null : permission.Reason;
    }

    public void Dispose()
    {
        Observatory.Journal.Written -= NoteActivity;
        Operation.Dispose();
    }

    /// <summary>Others account for time too; what counts is what the journal says.</summary>
    private void NoteActivity(JournalEntry entry)
    {
        if (entry.Event == "activity") _activity = entry.Text("cause");
    }
}
