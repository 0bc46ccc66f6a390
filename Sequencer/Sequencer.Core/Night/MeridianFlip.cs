using Sequencer.Core.Night.States;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night;

/// <summary>Turns a German mount over when its target has passed the meridian, and points again: before an exposure, never in one.</summary>
internal sealed class MeridianFlip(NightContext night)
{
    /// <summary>How far past the meridian an exposure may end without a flip, hours.</summary>
    private const double Margin = 0;

    public async Task BeforeExposureAsync(TimeSpan exposure, CancellationToken cancel)
    {
        if (night.Observatory is not { Mount: { } mount, Session: { } session, Scheduler.CurrentObservation: { } observation }) return;
        if (!await mount.NeedsFlipAsync(exposure, Margin, cancel)) return;
        night.Say($"{observation.Name} has passed the meridian: flipping the mount.");
        night.Account(TimeUse.Slewing);
        await Slewing.SlewAsync(night, mount, cancel);
        var outcome = await session.PointAsync(observation, cancel);
        if (outcome.Reason is { } reason) night.Observatory.Journal.Warning($"After the flip: {reason}");
    }
}
