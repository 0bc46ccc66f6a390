using Conformance.Report;

namespace Conformance.Checks;

/// <summary>A member that starts something, what tells that it is done, and what is then true.</summary>
/// <param name="Device">The device.</param>
/// <param name="Member">Its route.</param>
/// <param name="Parameters">What to start it with.</param>
/// <param name="Completion">How a report calls the completion property.</param>
/// <param name="IsBusyAsync">Reads it: null if it cannot be read.</param>
/// <param name="WrongAsync">What is not as it was asked for; null if all is.</param>
internal sealed record Initiator(
    Device Device,
    string Member,
    (string, string)[] Parameters,
    string Completion,
    Func<Task<bool?>> IsBusyAsync,
    Func<Task<string?>> WrongAsync)
{
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(1);

    /// <summary>A reply this fast cannot have waited for anything.</summary>
    private static readonly TimeSpan s_atOnce = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>For a member that stops something: it may well be done when the reply comes.</summary>
    public bool MayFinishFirst { get; init; }

    /// <summary>Starts it and watches it to the end; true if it was done.</summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        var operation = Device.Put(Member);
        var started = await Device.CommandAsync(Member, cancel, Parameters);
        if (!started.IsDone)
        {
            Device.Find(Rules.InitiatorCompletes, operation, "error 0", started);
            return false;
        }

        var isBusy = await IsBusyAsync();
        var wrong = isBusy == true ? null : await WrongAsync();
        if (started.Took > s_prompt || (!MayFinishFirst && isBusy == false && wrong is null && started.Took > s_atOnce))
            Device.Find(Rules.InitiatorReturns, operation, "a reply within 1 s, while the thing is under way", FormattableString.Invariant($"a reply after {started.Took.TotalSeconds:0.00} s{(isBusy == true ? "" : ", when it was done")}"));
        if (isBusy == false && wrong is not null)
            Device.Find(Rules.InitiatorCompletes, operation, $"{Completion} from before the reply until it is done", $"not so in the first reading after the reply, although {wrong}");

        var until = Patience.Start();
        while (isBusy != false || wrong is not null)
        {
            if (until.IsOver)
            {
                Device.Find(Rules.InitiatorCompletes, operation, $"done within {Patience.Limit.TotalMinutes:0} min", isBusy == true ? $"still {Completion}" : wrong ?? "cannot be read");
                return false;
            }

            await Task.Delay(s_pollInterval, TimeProvider.System, cancel);
            var wasBusy = isBusy;
            isBusy = await IsBusyAsync();
            wrong = await WrongAsync();
            if (wasBusy == true && isBusy == false && wrong is not null)
            {
                Device.Find(Rules.InitiatorCompletes, operation, $"what was asked for, once it is no longer {Completion}", wrong);
                return false;
            }
        }

        return true;
    }
}
