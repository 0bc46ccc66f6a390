using Alpaca.Contract;
using Sequencer.Core.Records;
using Sequencer.Safety;

namespace Sequencer.Core.Equipment;

/// <summary>A safety monitor as a source of safety.</summary>
internal sealed class MonitorSource(ISafetyMonitor monitor, string name, TimeProvider clock, Journal journal)
{
    public DeviceLink Link { get; } = new(name, monitor, clock, journal);

    public async Task<SafetySource> ReadAsync(CancellationToken cancel)
    {
        // The time before the question, so that an answer that took long is not younger than it is.
        var asked = clock.GetUtcNow();
        try
        {
            return new SafetySource(name, await Link.CallAsync(monitor.IsSafeAsync, cancel), asked);
        }
        catch (Exception error) when (error is DeviceLostException or AlpacaException)
        {
            return new SafetySource(name, null, null, error.Message);
        }
    }
}

/// <summary>The switch that is on while the mains are on.</summary>
internal sealed class PowerSource(ISwitch board, int number, TimeProvider clock, Journal journal)
{
    private const string Name = "power board";

    public DeviceLink Link { get; } = new(Name, board, clock, journal);

    public async Task<SafetySource> ReadAsync(CancellationToken cancel)
    {
        var asked = clock.GetUtcNow();
        try
        {
            return new SafetySource(Name, await Link.CallAsync(token => board.GetSwitchAsync(number, token), cancel), asked);
        }
        catch (Exception error) when (error is DeviceLostException or AlpacaException)
        {
            return new SafetySource(Name, null, null, error.Message);
        }
    }
}
