using Sequencer.Core.Equipment;
using Sequencer.Core.Observing;

namespace Sequencer.Core.Night.States;

/// <summary>Takes the exposures of a visit, with the dome following.</summary>
internal sealed class Observing : INightState
{
    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        if (night.Observatory is not { Session: { } session, Scheduler.CurrentObservation: { } observation }) return "parking";
        using var follow = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var dome = DomeFollower.FollowAsync(night, follow.Token);
        BlockOutcome outcome;
        try
        {
            outcome = await session.ObserveAsync(observation, cancel);
        }
        catch (MountException error)
        {
            night.CountAbnormalParking(error.Message);
            return "parking";
        }
        finally
        {
            follow.Cancel();
            await dome;
        }
        if (outcome.Frames > 0) night.ResetObservingRun();
        switch (outcome.End)
        {
            case BlockEnd.Completed when outcome.Frames > 0:
                return night.Table.Has("analyzing") ? "analyzing" : "scheduling";
            case BlockEnd.Unsafe:
                night.Say($"Stopped observing: {outcome.Reason}.");
                return "parking";
            default:
                night.CountAbnormalParking(outcome.Reason ?? "No camera gave a frame.");
                return "parking";
        }
    }
}
