using Alpaca.Astronomy.Clocks;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Night.States;

/// <summary>Asks the scheduler what to observe now.</summary>
internal sealed class Scheduling : INightState
{
    public Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        // Ranking every target is real work: on an accelerated clock the night waits for it.
        using var hold = night.Observatory.Clock.Hold();
        return Task.FromResult<string?>(Choose(night));
    }

    private static string Choose(NightContext night)
    {
        night.Account(TimeUse.Waiting);
        if (night.Observatory is not { Scheduler: { } scheduler, Mount: { } mount }) return "parking";
        if (night.RunOnce && scheduler.ObservedList.Count > 0)
        {
            night.Say("One target was asked for, and it has been observed.");
            return "parking";
        }
        var existing = scheduler.CurrentObservation;
        SchedulingDecision decision;
        try
        {
            decision = scheduler.GetObservation(night.Now);
        }
        catch (Exception error) when (error is InvalidObservationException or IOException or Configuration.ConfigurationException)
        {
            night.CountAbnormalParking($"No target could be chosen: {error.Message}.");
            return "parking";
        }
        Note(night, decision);
        if (decision.Selected is not { } chosen)
        {
            night.Say("No target can be observed now.");
            night.ParkingCause = TimeUse.NoTarget;
            scheduler.ClearAvailableObservations(night.Now);
            return "parking";
        }
        if (existing is not null && existing.Name == chosen.Name)
        {
            night.Say($"Sticking with {chosen.Name}.");
            // The object that was there, so that its count and its pointing image live on.
            scheduler.SetCurrentObservation(existing, night.Now);
            return night.Table.Has("tracking") ? "tracking" : "slewing";
        }
        night.Say($"Next target: {chosen.Name}.");
        mount.SetTarget(chosen.Field.Position, chosen.Name);
        return "slewing";
    }

    private static void Note(NightContext night, SchedulingDecision decision) => night.Observatory.Journal.Write(
        "schedule",
        ("target", decision.Selected?.Name),
        ("merit", Math.Round(decision.Merit, 3)),
        ("kept", decision.Kept),
        ("candidates", decision.Ranking.Select(ranked => ranked.Name).ToList()),
        ("vetoes", decision.Vetoes.ToDictionary(veto => veto.Key, veto => (object?)veto.Value)));
}
