using Sequencer.Core.Equipment;
using Sequencer.Core.Observing;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Night.States;

/// <summary>Takes the exposures of a visit, with the dome following.</summary>
internal sealed class Observing : INightState
{
    private static readonly TimeSpan LimitPause = TimeSpan.FromHours(1);

    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        if (night.Observatory is not { Session: { } session, Scheduler: { CurrentObservation: { } observation } scheduler }) return "parking";
        var began = night.Now;
        var first = observation.CurrentExposureNumber;
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
                NoteCadence(scheduler, observation, first, night.Now - began);
                return night.Table.Has("analyzing") ? "analyzing" : "scheduling";
            case BlockEnd.Limit:
                night.Say($"No more of {observation.Name} for an hour: {outcome.Reason}.");
                scheduler.SetAside(observation.Name, night.Now + LimitPause);
                scheduler.SetCurrentObservation(null, night.Now);
                return night.Table.Has("analyzing") ? "analyzing" : "scheduling";
            case BlockEnd.Unsafe:
                night.Say($"Stopped observing: {outcome.Reason}.");
                return "parking";
            default:
                night.CountAbnormalParking(outcome.Reason ?? "No camera gave a frame.");
                return "parking";
        }
    }

    /// <summary>What a visit really took per exposure, so that later visits are planned with it.</summary>
    private static void NoteCadence(DispatchScheduler scheduler, Observation observation, int first, TimeSpan took)
    {
        if (observation.CurrentExposureNumber - first is > 0 and var taken)
            scheduler.NoteCadence(observation.Plan.ExposureTime(first, taken) / taken, took / taken);
    }
}
