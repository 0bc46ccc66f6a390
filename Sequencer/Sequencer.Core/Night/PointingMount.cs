using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Equipment;
using Sequencer.Core.Pointing;

namespace Sequencer.Core.Night;

/// <summary>The night's mount as pointing, tracking correction and frame headers see it; its slews take the dome with them.</summary>
internal sealed class PointingMount(Mount mount, Func<CancellationToken, Task> pointDome) : IPointingMount
{
    public async Task SlewAsync(SkyPosition target, CancellationToken cancel = default)
    {
        mount.SetTarget(target, mount.TargetName ?? target.ToString());
        var dome = pointDome(cancel);
        try
        {
            if (!await mount.SlewToTargetAsync(cancel)) throw new MountException("The mount is parked and does not slew.");
        }
        finally
        {
            await dome;
        }
    }

    public Task SyncAsync(SkyPosition position, CancellationToken cancel = default) => mount.SyncAsync(position, cancel);

    public Task<bool> IsTrackingAsync(CancellationToken cancel = default) => mount.IsTrackingAsync(cancel);

    public Task PulseGuideAsync(GuideDirection direction, TimeSpan duration, CancellationToken cancel = default) => mount.PulseGuideAsync(direction, duration, cancel);

    public async Task<MountReading> ReadAsync(CancellationToken cancel = default)
    {
        var reading = await mount.ReadAsync(cancel);
        return new MountReading
        {
            Position = reading.Position,
            PierSide = reading.PierSide,
            RateRa = reading.Tracking ? 1 : 0,
            GuideRateRa = mount.GuideRates.RightAscension,
            GuideRateDec = mount.GuideRates.Declination,
            Name = mount.Facts.Name,
            Description = mount.Facts.Description,
            ApertureMm = mount.Facts.ApertureMillimetres,
            FocalLengthMm = mount.Facts.FocalLengthMillimetres,
        };
    }
}
