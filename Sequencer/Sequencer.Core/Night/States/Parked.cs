using Sequencer.Core.Records;

namespace Sequencer.Core.Night.States;

/// <summary>Parked and closed: decides whether the night goes on.</summary>
internal sealed class Parked : INightState
{
    private static readonly TimeSpan NoTargetPause = TimeSpan.FromSeconds(300);

    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        if (night.RunOnce || night.IsOver || !night.ShouldRetry) return "housekeeping";
        if (night.Observatory.Scheduler is { HasValidObservations: true })
            return await night.IsSafeAsync(cancel: cancel) ? "ready" : "housekeeping";
        return await AwaitTargetAsync(night, cancel);
    }

    /// <summary>Nothing can be observed now: waits until something can, closed, so that the dome is not opened every five minutes for nothing.</summary>
    private static async Task<string?> AwaitTargetAsync(NightContext night, CancellationToken cancel)
    {
        night.Say("No target can be observed: waiting.");
        night.ParkingCause = TimeUse.NoTarget;
        while (true)
        {
            night.AccountIdle();
            var waited = await night.WaitAsync(night.EndsAt is { } end && end - night.Now < NoTargetPause ? end - night.Now : NoTargetPause, cancel);
            if (!night.Connected || !waited) return null;
            if (night.IsOver) return "housekeeping";
            if (await night.IsSafeAsync(cancel: cancel))
            {
                if (night.Observatory.Scheduler?.Consider(night.Now).Selected is null) continue;
                night.ResetObservingRun();
                return "ready";
            }
            if (!night.Observatory.IsDark(StateTable.DefaultHorizon)) return "housekeeping";
            night.Say("Waiting for a target, and the weather is bad.");
        }
    }
}
