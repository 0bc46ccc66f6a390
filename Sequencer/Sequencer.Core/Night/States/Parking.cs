namespace Sequencer.Core.Night.States;

/// <summary>Closes the dome and parks the mount, and does not go on before the hardware says that both are done.</summary>
internal sealed class Parking : INightState
{
    private static readonly TimeSpan LinkRetry = TimeSpan.FromSeconds(10);

    public async Task<string?> EnterAsync(NightContext night, CancellationToken cancel)
    {
        night.Observatory.Scheduler?.SetCurrentObservation(null, night.Now);
        night.AccountIdle();
        var sequence = new SafeSequence(night);
        while (!await sequence.RunAsync())
        {
            if (night.IsLongOver)
            {
                night.Say("The night is over and the unit is not safely closed and parked. Somebody must look after it.");
                night.StopStates();
                break;
            }
            night.Say("The unit is not yet closed and parked: trying again.");
            await night.WaitAsync(night.Observatory.LinksAreLost ? LinkRetry : night.Configuration.Dome.RetryInterval, cancel);
        }
        return "parked";
    }
}
