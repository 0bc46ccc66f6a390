using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night.States;

/// <summary>Unparks the mount and slews it to the target, and the dome with it.</summary>
internal sealed class Slewing : INightState
{
    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        night.Account(TimeUse.Slewing);
        if (night.Observatory.Mount is not { } mount) return null;
        try
        {
            await mount.UnparkAsync(cancel);
            if (!await SlewAsync(night, mount, cancel))
            {
                night.CountAbnormalParking("The mount did not slew: it is parked or has no target.");
                return null;
            }
        }
        catch (MountException error)
        {
            night.CountAbnormalParking(error.Message);
            return null;
        }
        return night.Table.Has("pointing") ? "pointing" : "observing";
    }

    /// <summary>Mount and dome together; done when both are.</summary>
    internal static async Task<bool> SlewAsync(NightContext night, Mount mount, CancellationToken cancel)
    {
        var dome = DomeFollower.PointAsync(night, cancel);
        try
        {
            return await mount.SlewToTargetAsync(cancel);
        }
        finally
        {
            await dome;
        }
    }
}
