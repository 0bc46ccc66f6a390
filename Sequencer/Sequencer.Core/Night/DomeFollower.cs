using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night;

/// <summary>Keeps the opening of a turning dome where the telescope looks.</summary>
internal static class DomeFollower
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>Turns the dome to the mount's target. A dome that does not turn is a warning: the frames will show it.</summary>
    public static async Task PointAsync(NightContext night, CancellationToken cancel)
    {
        if (night.Observatory.Mount?.Target is not { } target) return;
        try
        {
            var place = SkyTransform.At(night.Observatory.Site, night.Now).Observed(target);
            await night.Observatory.Enclosure.PointAsync(place.Azimuth.Degrees, cancel);
        }
        catch (Exception error) when (error is AlpacaException or DeviceLostException)
        {
            night.Observatory.Journal.Warning($"The dome did not turn to the target: {error.Message}");
        }
    }

    /// <summary>Follows the target until cancelled.</summary>
    public static async Task FollowAsync(NightContext night, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await PointAsync(night, cancel);
                await Task.Delay(Interval, night.Observatory.Clock, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of following, not a failure.
        }
    }
}
