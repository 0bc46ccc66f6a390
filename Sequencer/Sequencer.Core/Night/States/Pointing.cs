using Sequencer.Core.Configuration;
using Sequencer.Core.Pointing;

namespace Sequencer.Core.Night.States;

/// <summary>Brings the target into the middle of the frame by pictures of the sky.</summary>
internal sealed class Pointing : INightState
{
    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        if (night.Observatory is not { Session: { } session, Scheduler.CurrentObservation: { } observation }) return "parking";
        PointingOutcome outcome;
        try
        {
            outcome = await session.PointAsync(observation, cancel);
        }
        catch (Equipment.MountException error)
        {
            night.CountAbnormalParking(error.Message);
            return "parking";
        }
        return outcome.End switch
        {
            PointingEnd.OnTarget => "tracking",
            PointingEnd.Unsafe => "parking",
            PointingEnd.OffTarget when night.Configuration.Pointing.OnFailure == PointingFailure.Proceed => "tracking",
            PointingEnd.Limit => SkipTarget(night, observation.Name, outcome.Reason),
            PointingEnd.OffTarget or PointingEnd.NotSolved when night.Configuration.Pointing.OnFailure == PointingFailure.SkipTarget => SkipTarget(night, observation.Name),
            _ => Park(night, outcome.Reason ?? $"{observation.Name} was not pointed at."),
        };
    }

    private static string Park(NightContext night, string reason)
    {
        night.CountAbnormalParking(reason);
        return "parking";
    }

    /// <summary>Leaves the target alone for an hour and goes straight to the next one.</summary>
    private static string SkipTarget(NightContext night, string name, string? reason = null)
    {
        if (reason is not null) night.Say($"{name} is not observed: {reason}.");
        if (night.Observatory is not { Scheduler: { } scheduler, Mount: { } mount }) return "parking";
        scheduler.SetAside(name, night.Now + TimeSpan.FromHours(1));
        scheduler.SetCurrentObservation(null, night.Now);
        if (scheduler.GetObservation(night.Now).Selected is not { } next)
        {
            night.ParkingCause = Records.TimeUse.NoTarget;
            return "parking";
        }
        night.Say($"{name} is left out for an hour; next target: {next.Name}.");
        mount.SetTarget(next.Field.Position, next.Name);
        return "slewing";
    }
}
