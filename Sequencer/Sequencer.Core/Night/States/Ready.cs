using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Records;
using Sequencer.Safety;

namespace Sequencer.Core.Night.States;

/// <summary>Waits until it is safe and dark, and only then opens the dome. If that is lost while it opens, it closes again and waits on.</summary>
internal sealed class Ready : INightState
{
    private static readonly IReadOnlySet<SafetyCheck> NotDisks = new HashSet<SafetyCheck> { SafetyCheck.FreeSpaceRoot, SafetyCheck.FreeSpaceImages };
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan BeforeTwilight = TimeSpan.FromSeconds(600);

    /// <summary>How long to wait by day: until ten minutes before the evening twilight ends, but at least five minutes.</summary>
    public static TimeSpan DaytimeWait(TimeSpan untilTwilight) => untilTwilight - BeforeTwilight > ShortestWait ? untilTwilight - BeforeTwilight : ShortestWait;

    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        while (await AwaitSafeAsync(night, cancel))
        {
            foreach (var camera in night.Observatory.Cameras) await camera.RecoverAsync(cancel);
            if (await OpenAsync(night, cancel))
            {
                night.ParkingCause = null;
                night.Say("Ready, and all is well.");
                return "scheduling";
            }
            // Whatever stopped it half-way, a roof is either open or closed.
            await new SafeSequence(night).RunAsync();
            if (!await night.IsSafeAsync(ignore: NotDisks, parkIfNotSafe: false, cancel: cancel)) continue;
            night.CountAbnormalParking("The dome did not open.");
            return "parking";
        }
        return "parking";
    }

    /// <returns>False if the night is over or is being stopped.</returns>
    private static async Task<bool> AwaitSafeAsync(NightContext night, CancellationToken cancel)
    {
        var said = false;
        while (night.KeepRunning && !night.IsOver)
        {
            if (await night.IsSafeAsync(ignore: NotDisks, parkIfNotSafe: false, cancel: cancel)) return true;
            night.AccountIdle();
            if (!said) night.Say($"Not safe yet: {string.Join("; ", night.Observatory.Judge(ignore: NotDisks).Reasons)}.");
            said = true;
            if (!await night.WaitAsync(Wait(night), cancel)) return false;
        }
        return false;
    }

    private static TimeSpan Wait(NightContext night)
    {
        var wait = night.Configuration.WaitDelay;
        if (!night.Observatory.IsDark(StateTable.DefaultHorizon))
        {
            var twilight = new Almanac(night.Observatory.Site)
                .Next(Body.Sun, Crossing.Setting, Angle.FromDegrees(night.Configuration.Location.ObserveHorizonDegrees), night.Now);
            wait = twilight is { } end ? DaytimeWait(end - night.Now) : ShortestWait;
        }
        // No longer than the weather is held, nor than the night lasts.
        if (night.Observatory.Judge().WeatherHoldUntil is { } held && held > night.Now && held - night.Now < wait) wait = held - night.Now;
        return night.EndsAt is { } over && over - night.Now < wait ? over - night.Now : wait;
    }

    private static async Task<bool> OpenAsync(NightContext night, CancellationToken cancel)
    {
        night.Account(TimeUse.Dome);
        var token = night.Operation.Begin(cancel);
        try
        {
            return await night.Observatory.Enclosure.OpenAsync(() => night.Observatory.May(ObservatoryAction.OpenShutter, night.Observatory.Judge(ignore: NotDisks)), token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            night.Say($"Closing again: {night.Operation.Interruption}.");
            return false;
        }
        catch (AlpacaException refusal)
        {
            night.Observatory.Journal.Warning($"The dome refuses to open: {refusal.Message}");
            return false;
        }
        finally
        {
            night.Operation.End();
        }
    }
}
