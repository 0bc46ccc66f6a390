using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night;

/// <summary>
/// Waits for devices that cannot be reached and takes them up again when they return. A restarted server knows nothing of what was before, so everything is read anew and the
/// night goes on from parking.
/// </summary>
internal sealed class DeviceRecovery(NightContext night)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private int _returns;

    /// <summary>Returns at once while nothing was lost; otherwise when everything essential is back, or the night has been over for half an hour.</summary>
    public async Task RecoverAsync(CancellationToken cancel)
    {
        if (night.Observatory.LinksAreLost) await AwaitReturnAsync(cancel);
        var returns = night.Observatory.EssentialLinks.Sum(link => link.Returns);
        if (returns == _returns || night.Observatory.LinksAreLost) return;
        _returns = returns;
        await StartAgainAsync(cancel);
    }

    private async Task AwaitReturnAsync(CancellationToken cancel)
    {
        var lost = night.Observatory.EssentialLinks.Where(link => link.IsLost).Select(link => link.Name).Distinct();
        night.Say($"No connection to {string.Join(", ", lost)}: waiting for it to return.");
        night.ParkingCause = TimeUse.Device;
        night.Account(TimeUse.Device);
        while (night.Observatory.LinksAreLost)
        {
            if (night.IsLongOver) return;
            await TryAsync(cancel);
            if (night.Observatory.LinksAreLost) await Task.Delay(Pause, night.Observatory.Clock, cancel);
        }
    }

    private async Task StartAgainAsync(CancellationToken cancel)
    {
        if (!await TryAsync(cancel)) return;
        await night.Observatory.Surroundings.SampleAsync(night.Observatory.Enclosure.SafetyShutter, cancel);
        night.Say("All devices answer again.");
        if (!night.Table.IsAlwaysSafe(night.State) || night.State == "ready") night.NextState = "parking";
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            await night.Observatory.ReconnectAsync(cancel);
            return true;
        }
        catch (Exception error) when (error is DeviceLostException or MountException or Alpaca.Contract.AlpacaException)
        {
            // Said once by the link; tried again by the caller.
            return false;
        }
    }
}
