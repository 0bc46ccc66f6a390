using Sequencer.Core.Equipment;
using Sequencer.Safety;

namespace Sequencer.Core.Night;

/// <summary>
/// Makes the observatory safe: the roof closes and the mount parks. The order is the interlock's: a roof that clears the telescope closes at once; one that could hit it closes after
/// a verified parking, or at once if the owner lets rain win.
/// </summary>
internal sealed class SafeSequence(NightContext night)
{
    /// <returns>True if the roof is closed and the mount parked, as their own sensors say.</returns>
    public async Task<bool> RunAsync()
    {
        var observatory = night.Observatory;
        var mount = observatory.Mount;
        if (observatory.May(ObservatoryAction.CloseShutter, observatory.Judge()).Allowed)
        {
            var closing = observatory.Enclosure.CloseAsync();
            var parking = mount?.ParkAsync() ?? Task.FromResult(true);
            return await closing & await parking;
        }
        var parked = mount is null || await mount.ParkAsync();
        if (!parked)
        {
            var refusal = observatory.May(ObservatoryAction.CloseShutter, observatory.Judge());
            if (!refusal.Allowed)
            {
                observatory.Journal.Alarm($"The roof stays open: {refusal.Reason}.");
                return false;
            }
        }
        return await observatory.Enclosure.CloseAsync() & parked;
    }
}
