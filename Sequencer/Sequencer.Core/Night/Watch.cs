using Sequencer.Core.Equipment;
using Sequencer.Safety;

namespace Sequencer.Core.Night;

/// <summary>
/// The independent watch: a task apart from the state machine that looks at hard safety all night and, when it is lost, stops whatever runs, closes the roof and parks, even if the
/// state machine hangs. It never opens anything.
/// </summary>
internal sealed class Watch(NightContext night)
{
    private static readonly TimeSpan ClosedPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HardwareInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LinkRetry = TimeSpan.FromSeconds(10);

    /// <summary>A full disk stops observing, not the night's safety; and twilight is for the state machine until the Sun comes.</summary>
    private static readonly IReadOnlySet<SafetyCheck> Soft = new HashSet<SafetyCheck> { SafetyCheck.FreeSpaceRoot, SafetyCheck.FreeSpaceImages };

    private const string HardHorizon = "flat";

    private Task<bool>? _securing;
    private DateTimeOffset? _next;
    private DateTimeOffset? _readAt;
    private string? _trouble;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var observatory = night.Observatory;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await LookAsync(cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Nothing may end the watch; what it did not expect is for a person.
                if (_trouble != error.Message) observatory.Journal.Alarm($"The watch has trouble: {error.Message}");
                _trouble = error.Message;
            }
            await Task.Delay(IsQuiet ? ClosedPoll : night.Configuration.Safety.PollInterval, observatory.Clock, cancel);
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        // Secured and powered down: what is being disconnected by our own wish has nothing to say any more.
        if (!night.Connected) return;
        var observatory = night.Observatory;
        await observatory.Surroundings.SampleAsync(observatory.Enclosure.SafetyShutter, cancel);
        night.Record(observatory.Judge());
        var verdict = observatory.Judge(HardHorizon, Soft);
        if (!verdict.Safe) Secure(verdict);
        if (night.IsOver) night.Operation.Interrupt("the night is over");
        if (await ReadHardwareAsync(cancel)) await KeepLimitsAsync();
    }

    /// <summary>Whatever it was that kept the mount tracking, it ends beyond a limit: in the pier, or in the ground.</summary>
    private async Task KeepLimitsAsync()
    {
        if (night.Observatory.Mount is not { } mount || mount.BeyondLimits() is not { } reason) return;
        night.Observatory.Journal.Alarm($"The mount is stopped: {reason}.");
        night.Operation.Interrupt(reason);
        await mount.StopTrackingAsync();
    }

    private bool IsQuiet => night.Observatory.Enclosure.IsClosed && _securing is null or { IsCompleted: true };

    private bool IsSecure => night.Observatory.Enclosure.IsClosed && (night.Observatory.Mount?.Last?.Parked ?? night.Observatory.Mount is null);

    /// <summary>Stops what runs and starts to make safe; does not wait for it, because looking must go on.</summary>
    private void Secure(SafetyVerdict verdict)
    {
        night.Operation.Interrupt(string.Join("; ", verdict.Reasons));
        if (_securing is { IsCompleted: false }) return;
        if (IsSecure)
        {
            _next = null;
            return;
        }
        if (_next is { } next && night.Now < next) return;
        _next = night.Now + (night.Observatory.LinksAreLost ? LinkRetry : night.Configuration.Dome.RetryInterval);
        _securing = new SafeSequence(night).RunAsync();
    }

    /// <summary>Keeps what is known of the hardware young, for the status, and so that a roof that opens by itself is noticed.</summary>
    /// <returns>True if it was read now.</returns>
    private async Task<bool> ReadHardwareAsync(CancellationToken cancel)
    {
        if (_readAt is { } at && night.Now - at < HardwareInterval) return false;
        _readAt = night.Now;
        try
        {
            await night.Observatory.Enclosure.ReadAsync(cancel);
            if (night.Observatory.Mount is { } mount) await mount.ReadAsync(cancel);
            return true;
        }
        catch (Exception error) when (error is DeviceLostException or MountException or Alpaca.Contract.AlpacaException)
        {
            // Said once by the link or by whoever needs the device; the next look comes soon.
            _readAt = night.Now;
            return false;
        }
    }
}
