using Sequencer.Core.Equipment;
using Sequencer.Core.Night.States;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night;

/// <summary>
/// Keeps exposures within the mount's limits: before each one the mount is turned over at the meridian, waited for until it can be, or the exposure is not begun.
/// </summary>
internal sealed class LimitGuard(NightContext night)
{
    /// <summary>Before an exposure of the target; after a flip it is pointed at again.</summary>
    /// <returns>Why the exposure must not begin; null if it may.</returns>
    public Task<string?> BeforeExposureAsync(TimeSpan exposure, CancellationToken cancel) => ClearAsync(exposure, PointAsync, cancel);

    /// <summary>Before a pointing exposure, which itself finds out where the mount looks after a flip.</summary>
    /// <returns>Why the exposure must not begin; null if it may.</returns>
    public Task<string?> BeforePointingAsync(TimeSpan exposure, CancellationToken cancel) => ClearAsync(exposure, _ => Task.FromResult<string?>(null), cancel);

    private async Task<string?> ClearAsync(TimeSpan exposure, Func<CancellationToken, Task<string?>> afterFlip, CancellationToken cancel)
    {
        if (night.Observatory is not { Mount: { } mount } observatory) return null;
        var (flipped, waiting) = (false, false);
        while (true)
        {
            var answer = await mount.ClearanceAsync(exposure, cancel);
            switch (answer.Clearance)
            {
                case Clearance.Clear:
                    return null;
                case Clearance.Refused:
                    return answer.Reason;
                case Clearance.Flip when flipped:
                    return $"{answer.Reason}, and the mount did not turn over";
                case Clearance.Flip:
                    flipped = true;
                    night.Say($"{mount.TargetName} has passed the meridian: flipping the mount.");
                    night.Account(TimeUse.Slewing);
                    await Slewing.SlewAsync(night, mount, cancel);
                    if (await afterFlip(cancel) is { } reason) return reason;
                    break;
                default:
                    if (!waiting) night.Say($"Waiting for {mount.TargetName} to pass the meridian: {answer.Reason}.");
                    waiting = true;
                    night.Account(TimeUse.Waiting);
                    await Task.Delay(answer.Wait, observatory.Clock, cancel);
                    break;
            }
        }
    }

    private async Task<string?> PointAsync(CancellationToken cancel)
    {
        if (night.Observatory is not { Session: { } session, Scheduler.CurrentObservation: { } observation }) return null;
        var outcome = await session.PointAsync(observation, cancel);
        if (outcome.End == Pointing.PointingEnd.Limit) return outcome.Reason;
        if (outcome.Reason is { } reason) night.Observatory.Journal.Warning($"After the flip: {reason}");
        return null;
    }
}
