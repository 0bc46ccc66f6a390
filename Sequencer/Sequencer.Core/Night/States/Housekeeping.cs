namespace Sequencer.Core.Night.States;

/// <summary>Tidies up between cycles: the list of visits begins anew.</summary>
internal sealed class Housekeeping : INightState
{
    public Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        night.AccountIdle();
        night.Observatory.Scheduler?.ResetObservedList();
        return Task.FromResult<string?>("sleeping");
    }
}
