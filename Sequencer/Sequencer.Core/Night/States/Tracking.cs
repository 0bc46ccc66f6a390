using Alpaca.Contract;
using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night.States;

/// <summary>Takes back the drift that the last frame showed, if the configuration wants it. Right after pointing there is none.</summary>
internal sealed class Tracking : INightState
{
    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        if (night.Observatory is not { Session: { } session, Scheduler.CurrentObservation: { } observation }) return "parking";
        if (!night.Configuration.Mount.Settings.UpdateTracking || night.PreviousState == "pointing") return "observing";
        night.Account(TimeUse.Pointing);
        try
        {
            await session.CorrectTrackingAsync(observation, cancel);
        }
        catch (Exception error) when (error is MountException or AlpacaException or TimeoutException)
        {
            night.Observatory.Journal.Warning($"Tracking was not corrected: {error.Message}");
        }
        return "observing";
    }
}
