using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night;

/// <summary>The end of a session, however it came: roof closed, mount parked, exposures waited for, devices let go.</summary>
internal sealed class PowerDown(NightContext night)
{
    private static readonly TimeSpan ExposureGrace = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <returns>Whether mount and roof are parked and closed, as their own sensors said last.</returns>
    public async Task<(bool Parked, bool Closed)> RunAsync()
    {
        if (!night.Connected) return (IsParked, night.Observatory.Enclosure.IsClosed);
        night.Say("Powering down.");
        night.StopStates();
        night.Operation.Interrupt("the session is being ended");
        var observatory = night.Observatory;
        // Together, because rain does not wait; a roof that could hit the telescope asks the interlock first.
        await new SafeSequence(night).RunAsync();
        await AwaitExposuresAsync();
        night.Connected = false;
        var ended = await ReadAsync();
        await observatory.DisconnectAsync(CancellationToken.None);
        return ended;
    }

    private bool IsParked => night.Observatory.Mount is not { } mount || (mount.Last?.Parked ?? false);

    private async Task<(bool Parked, bool Closed)> ReadAsync()
    {
        try
        {
            await night.Observatory.Enclosure.ReadAsync(CancellationToken.None);
            if (night.Observatory.Mount is { } mount) await mount.ReadAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is DeviceLostException or MountException or Alpaca.Contract.AlpacaException)
        {
            night.Observatory.Journal.Warning($"The end state of the hardware cannot be read: {error.Message}");
        }
        return (IsParked, night.Observatory.Enclosure.IsClosed);
    }

    private async Task AwaitExposuresAsync()
    {
        var clock = night.Observatory.Clock;
        var started = clock.GetTimestamp();
        while (night.Observatory.Cameras.Any(camera => camera.IsExposing))
        {
            if (clock.GetElapsedTime(started) > ExposureGrace)
            {
                night.Observatory.Journal.Warning("A camera is still exposing two minutes after power-down began; it is left alone.");
                return;
            }
            await Task.Delay(Poll, clock);
        }
    }
}
