namespace Sequencer.Core.Night.States;

/// <summary>The end of a cycle: the retries are given back, unless the night is safe and dark and they are used up, which ends it.</summary>
internal sealed class Sleeping : INightState
{
    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        night.AccountIdle();
        string? next = null;
        if (!night.ShouldRetry && await night.IsSafeAsync(cancel: cancel))
        {
            night.Say("It is safe and dark, but all attempts are used up: no more tonight.");
            night.StopStates();
        }
        else
        {
            night.ResetObservingRun();
            next = "ready";
        }
        night.Say(night.IsOver ? "The night is over." : "Going to sleep.");
        return next;
    }
}
