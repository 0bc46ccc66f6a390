using Sequencer.Core.Records;

namespace Sequencer.Core.Night.States;

/// <summary>Looks at how far the newest frame has drifted, and whether the visit is complete.</summary>
internal sealed class Analyzing : INightState
{
    public Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        night.Account(TimeUse.Waiting);
        if (night.Observatory is not { Session: { } session, Scheduler: { } scheduler }) return Task.FromResult<string?>("parking");
        // A visit that could not go on has been given up: something else, then.
        if (scheduler.CurrentObservation is not { } observation) return Task.FromResult<string?>("scheduling");
        if (night.Configuration.Mount.Settings.UpdateTracking)
        {
            night.Say(FormattableString.Invariant($"{observation.Name}: {observation.CurrentExposureNumber} of {observation.MinExposures} exposures."));
            session.Analyze(observation);
        }
        return Task.FromResult<string?>(observation.SetIsFinished ? "scheduling" : "tracking");
    }
}
