using Alpaca.Contract;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <summary>The telescope's cover: opened with the dome and closed with it. A lamp without cover has none to move.</summary>
internal sealed class TelescopeCover(ICoverCalibrator cover, TimeSpan poll, TimeProvider clock, Journal journal)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public DeviceLink Link { get; } = new("cover", cover, clock, journal);

    public async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (await Link.CallAsync(cover.CoverStateAsync, cancel) is CoverStatus.NotPresent or CoverStatus.Open) return true;
        await Link.CallAsync(cover.OpenCoverAsync, cancel);
        if (await ReachAsync(CoverStatus.Open, cancel)) return true;
        journal.Warning("The telescope's cover did not open.");
        return false;
    }

    public async Task<bool> CloseAsync()
    {
        try
        {
            if (await Link.CallAsync(cover.CoverStateAsync, CancellationToken.None) is CoverStatus.NotPresent or CoverStatus.Closed) return true;
            await Link.CallAsync(cover.CloseCoverAsync, CancellationToken.None);
            if (await ReachAsync(CoverStatus.Closed, CancellationToken.None)) return true;
            journal.Warning("The telescope's cover did not close.");
        }
        catch (Exception error) when (error is DeviceLostException or AlpacaException)
        {
            journal.Warning($"The telescope's cover did not close: {error.Message}");
        }
        return false;
    }

    private async Task<bool> ReachAsync(CoverStatus wanted, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (await Link.CallAsync(cover.CoverStateAsync, cancel) is var state && state != wanted)
        {
            if (state is CoverStatus.Error or CoverStatus.Unknown || clock.GetElapsedTime(started) > Deadline) return false;
            await Task.Delay(poll, clock, cancel);
        }
        return true;
    }
}
